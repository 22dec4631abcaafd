<?php

declare(strict_types=1);

/** A value that is refused. */
class WC_Data_Exception extends Exception
{
    protected $error_code;
    protected $error_data;

    public function __construct($code, $message, $http_status_code = 400, $data = array())
    {
        $this->error_code = $code;
        $this->error_data = array_merge(['status' => $http_status_code], $data);
        parent::__construct($message, $http_status_code);
    }

    public function getErrorCode()
    {
        return $this->error_code;
    }

    public function getErrorData()
    {
        return $this->error_data;
    }
}

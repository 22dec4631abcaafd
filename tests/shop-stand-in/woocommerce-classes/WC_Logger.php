<?php

declare(strict_types=1);

/** The log, a line a message in wp-content/uploads/wc-logs. */
class WC_Logger
{
    public function log($level, $message, $context = array())
    {
        $folder = wp_upload_dir()['basedir'] . '/wc-logs';
        wp_mkdir_p($folder);
        $source = sanitize_file_name($context['source'] ?? 'log');
        file_put_contents("$folder/$source-" . gmdate('Y-m-d') . '.log', gmdate(DATE_ATOM) . ' ' . strtoupper($level) . ' ' . $message . "\n", FILE_APPEND | LOCK_EX);
    }

    public function emergency($message, $context = array())
    {
        $this->log('emergency', $message, $context);
    }

    public function alert($message, $context = array())
    {
        $this->log('alert', $message, $context);
    }

    public function critical($message, $context = array())
    {
        $this->log('critical', $message, $context);
    }

    public function error($message, $context = array())
    {
        $this->log('error', $message, $context);
    }

    public function warning($message, $context = array())
    {
        $this->log('warning', $message, $context);
    }

    public function notice($message, $context = array())
    {
        $this->log('notice', $message, $context);
    }

    public function info($message, $context = array())
    {
        $this->log('info', $message, $context);
    }

    public function debug($message, $context = array())
    {
        $this->log('debug', $message, $context);
    }
}

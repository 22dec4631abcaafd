<?php

declare(strict_types=1);

/** A moment; as text in the site's zone. */
class WC_DateTime extends DateTime
{
    public function __toString()
    {
        return $this->format(DATE_ATOM);
    }

    /**
     * @param mixed $value Seconds since 1970, or a text whose zone is the site's unless it names one.
     */
    public static function from($value): ?self
    {
        if ($value === '' || $value === null) {
            return null;
        }
        if ($value instanceof self) {
            return $value;
        }
        $moment = is_numeric($value) ? new self('@' . (int) $value) : new self((string) $value, wp_timezone());
        $moment->setTimezone(wp_timezone());

        return $moment;
    }
}

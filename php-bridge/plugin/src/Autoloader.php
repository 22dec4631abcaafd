<?php

declare(strict_types=1);

namespace Dongbo;

/**
 * Finds the plugin's own classes (PSR-4, namespace `Dongbo\`), so that no Composer is needed at run time.
 */
final class Autoloader
{
    /** @param string $directory The folder of the namespace's root. */
    public static function register(string $directory): void
    {
        spl_autoload_register(
            static function (string $class) use ($directory): void {
                if (strncmp($class, 'Dongbo\\', 7) !== 0) {
                    return;
                }
                $file = $directory . '/' . str_replace('\\', '/', substr($class, 7)) . '.php';
                if (is_file($file)) {
                    require_once $file;
                }
            }
        );
    }
}

<?php
// Compiles every file of a folder and runs none: `php -l`, where there is no command line. Notices are fatal.
// Expects $folder and $from, the number of the first file. Prints "# path" before each file, then what is wrong with it.

declare(strict_types=1);

/** The source with a `return;` before its first statement: compiled in full, it does nothing. */
function inert(string $source): string
{
    $head = '';
    $statement = '';
    $free = ['declare', 'namespace'];
    foreach (token_get_all($source, TOKEN_PARSE) as $token) {
        $text = is_array($token) ? $token[1] : $token;
        $blank = is_array($token) && in_array($token[0], [T_OPEN_TAG, T_COMMENT, T_DOC_COMMENT, T_WHITESPACE], true);
        if ($statement === '' && !$blank && !in_array(strtolower($text), $free, true)) {
            break;
        }
        $head .= $text;
        if (!$blank) {
            $statement = $text === ';' ? '' : $statement . $text;
        }
    }

    return $head . 'return; ' . substr($source, strlen($head));
}

set_error_handler(static function (int $level, string $message): bool {
    throw new ErrorException($message, 0, $level);
});
$files = [];
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS)) as $file) {
    if ($file->getExtension() === 'php') {
        $files[] = $file->getPathname();
    }
}
sort($files);
$copy = tempnam(sys_get_temp_dir(), 'compile');
foreach (array_slice($files, $from) as $file) {
    echo '# ', substr($file, strlen($folder) + 1), "\n";
    try {
        file_put_contents($copy, inert((string) file_get_contents($file)));
        (static function (string $copy): void {
            require $copy;
        })($copy);
    } catch (Throwable $error) {
        echo '! ', str_replace("\n", ' ', $error->getMessage()), ' (line ', $error->getLine(), ")\n";
    }
}
unlink($copy);

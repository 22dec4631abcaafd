<?php
// Runs when the file is loaded.

if(\PHP_INT_SIZE!==8)throw new \RuntimeException('this file needs 64-bit PHP');

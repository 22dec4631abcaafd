<?php
// Runs when the file is loaded. PHP's tracing JIT loses variables it keeps in registers (seen with 8.2 on code of this
// kind: "Undefined variable" two lines after the assignment). Without register allocation it computes rightly, and that
// can be set while running, also after this file was compiled; switching the JIT off would come too late for it.

if(\PHP_INT_SIZE!==8)throw new \RuntimeException('this file needs 64-bit PHP');
(static function(){
if((int)\ini_get('opcache.jit_buffer_size')===0||!\ini_get('opcache.enable')||(\PHP_SAPI==='cli'&&!\ini_get('opcache.enable_cli')))return;
$j=\strtolower((string)\ini_get('opcache.jit'));
if(\in_array($j,['1','on','yes','true','tracing'],true))$j='1254';
if(!\ctype_digit($j))return;
$r=(int)($j/100)%10;
if((int)($j/10)%10<4||$r===0)return;
if(!\function_exists('ini_set')||\ini_set('opcache.jit',(string)($j-100*$r))===false)throw new \RuntimeException('opcache.jit is in tracing mode, which computes wrongly, and cannot be changed here; set opcache.jit=off or function in php.ini');
})();

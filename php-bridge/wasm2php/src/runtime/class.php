<?php
// The parts of the generated class that do not depend on the module, apart from the words in CAPITALS.

/** @var self|null the instance whose state is in the static properties, while one runs */
private static $c;
private static $ok=false;
private static $p=[];
private static $d=0;
private static $l=0;
private static $u=0;
private static $x=0;
private $s=STATE_EMPTY;
private $mem;
private $dead;
private $keep;

/**
 * Makes an instance: links the imports, fills memory and tables, runs the start function.
 *
 * @param object|array<string,object>|null $host object whose methods are the imported functions, or one object per
 *        import module. i32 arguments arrive as ints 0..4294967295, i64 as ints; results of either sign are accepted.
 *        A method attach($instance) is called, if there is one, before the start function.
 * @param array<string,int> $options maxPages: memory limit in pages of 64 KiB (default 256);
 *        stackBytes: limit for recursion (default 8388608); fuel: budget of calls and loop rounds, only when
 *        translated with --fuel (default PHP_INT_MAX); keep: 1 lets the instance be called after a trap, as the
 *        specification's own tests do (do not use it otherwise: the module may be in the middle of anything).
 */
public function __construct($host=null,array $options=[]){
if(!self::$ok){self::selfTest();self::$ok=true;}
$this->mem=(object)['w'=>[],'max'=>null,'limit'=>0];
$k=$this->_enter();
try{
self::$l=($options['stackBytes']??8388608)>>4;
self::$u=$options['fuel']??\PHP_INT_MAX;
$this->keep=($options['keep']??0)!==0;
$this->_boot($host,$options['maxPages']??256);
}catch(\Throwable $t){throw self::_reason($t);}
finally{$this->_leave($k);}
}

/**
 * Calls an exported function.
 *
 * @param int|float ...$args i32 as any int (taken modulo 2^32), i64 as int, floats as float
 * @return int|float|array|null i32 as int 0..4294967295; several results as a list
 * @throws TRAP when the module traps; the instance refuses every later call
 */
public function call(string $name,...$args){
if(!isset(self::FUNCTIONS[$name]))throw new \BadMethodCallException('no exported function "'.$name.'"');
[$f,$p,$r]=self::FUNCTIONS[$name];
return $this->_run($f,$p,$r,$args);
}

private function _run($f,$p,$r,array $a){
if($this->dead!==null)throw new TRAP('this instance was stopped by an earlier failure: '.$this->dead);
if(\count($a)!==\strlen($p))throw new \ArgumentCountError(\strlen($p).' arguments expected, '.\count($a).' given');
foreach($a as $i=>$v)$a[$i]=self::_incoming($p[$i],$v);
$k=$this->_enter();
$d=self::$d;
try{$n='f'.$f;return self::$n($this->mem->w,...$a);}
catch(\Throwable $t){
self::$d=$d;
$t=self::_reason($t);
if(!$this->keep)$this->dead=$t->getMessage()===''?\get_class($t):$t->getMessage();
throw $t;
}
finally{$this->_leave($k);}
}

private static function _incoming($t,$v){
if($t==='i'||$t==='l'){
if(!\is_int($v))throw new \TypeError('int expected, '.\gettype($v).' given');
return $t==='i'?$v&4294967295:$v;
}
if($t==='f'||$t==='d'){
if(!\is_float($v)&&!\is_int($v))throw new \TypeError('float expected, '.\gettype($v).' given');
return $t==='f'&&$v===$v?\unpack('g',\pack('g',$v))[1]:(float)$v;
}
return $v;
}

private function _enter(){
$k=null;
if(self::$c!==$this){
$k=[self::$c,STATE];
STATE_SET=$this->s;
self::$c=$this;
self::$x=$this->mem->limit;
}
self::$p[]=\set_error_handler([self::class,'onError']);
return $k;
}

private function _leave($k){
\restore_error_handler();
\array_pop(self::$p);
if($k!==null){
$this->s=STATE;
[self::$c,STATE_SET]=$k;
self::$x=self::$c===null?0:self::$c->mem->limit;
}
}

private static function _reason(\Throwable $t){
if(!$t instanceof TRAP&&$t instanceof \ArithmeticError&&$t->getFile()===__FILE__)return new TRAP('integer divide by zero',0,$t);
return $t;
}

/** @internal Notices raised by the generated code are traps; all others go where they would have gone. */
public static function onError($level,$message,$file='',$line=0){
if($file===__FILE__){
if(\strpos($message,'Undefined array key')===0||\strpos($message,'Undefined offset')===0)throw new TRAP('out of bounds memory access');
if(\strpos($message,'Division by zero')===0)throw new TRAP('integer divide by zero');
throw new TRAP('internal error: '.$message.' on line '.$line);
}
for($i=\count(self::$p)-1;$i>=0;--$i){
$h=self::$p[$i];
if($h!==null&&$h!==[self::class,'onError'])return $h($level,$message,$file,$line);
}
return false;
}

/** Why the instance refuses calls, or null while it does not. */
public function failure(): ?string{return $this->dead;}

/** Pages of 64 KiB the memory has now. */
public function pages(): int{return \count($this->mem->w)>>14;}

/** What is left of the fuel (see the constructor). */
public function fuel(): int{return self::$c===$this?self::$u:$this->s[2];}

/** Sets the fuel anew, for instance before each call. */
public function refuel(int $fuel): void{
if(self::$c===$this)self::$u=$fuel;else $this->s[2]=$fuel;
}

/**
 * Bytes from memory.
 *
 * @throws TRAP when the range is not inside the memory (the instance lives on)
 */
public function readBytes(int $ptr,int $len): string{
if($ptr<0||$len<0||$ptr+$len>\count($this->mem->w)<<2)throw new TRAP('out of bounds memory access by the host');
if($len===0)return '';
$m=&$this->mem->w;
$i=$ptr>>2;
$e=($ptr+$len+3)>>2;
$s='';
while($i<$e){
$t=[];
for($n=$e-$i>1024?$i+1024:$e;$i<$n;++$i)$t[]=$m[$i];
$s.=\pack('V*',...$t);
}
return \substr($s,$ptr&3,$len);
}

/**
 * Writes bytes into memory.
 *
 * @throws TRAP when the range is not inside the memory (the instance lives on)
 */
public function writeBytes(int $ptr,string $bytes): void{
if($ptr<0||$ptr+\strlen($bytes)>\count($this->mem->w)<<2)throw new TRAP('out of bounds memory access by the host');
self::_poke($this->mem->w,$ptr,$bytes);
}

/**
 * Words (u32) from 4-aligned memory, as a list.
 *
 * @return int[]
 * @throws TRAP when the range is not inside the memory or not aligned
 */
public function readWords(int $ptr,int $count): array{
if($ptr<0||$count<0||($ptr&3)!==0||($ptr>>2)+$count>\count($this->mem->w))throw new TRAP('out of bounds memory access by the host');
$m=&$this->mem->w;
$r=[];
for($i=$ptr>>2,$e=$i+$count;$i<$e;++$i)$r[]=$m[$i];
return $r;
}

/**
 * Writes ints as words (taken modulo 2^32) to 4-aligned memory.
 *
 * @param int[] $words
 * @throws TRAP when the range is not inside the memory or not aligned
 */
public function writeWords(int $ptr,array $words): void{
if($ptr<0||($ptr&3)!==0||($ptr>>2)+\count($words)>\count($this->mem->w))throw new TRAP('out of bounds memory access by the host');
$m=&$this->mem->w;
$i=$ptr>>2;
foreach($words as $w){$m[$i]=$w&4294967295;++$i;}
}

private static function _poke(&$m,$d,$t){
$n=\strlen($t);
if($n===0)return;
$h=$d&3;
if($h!==0){$d-=$h;$t=\substr(\pack('V',$m[$d>>2]),0,$h).$t;$n+=$h;}
$r=$n&3;
if($r!==0)$t.=\substr(\pack('V',$m[($d+$n)>>2]),$r);
$n=\strlen($t);
$i=$d>>2;
for($o=0;$n-$o>7;$o+=8*$c){
$c=$n-$o>4095?512:$n-$o>>3;
foreach(\unpack('P'.$c,$t,$o) as $v){$m[$i]=$v&4294967295;$m[$i+1]=$v>>32&4294967295;$i+=2;}
}
if($o<$n)$m[$i]=\unpack('V',$t,$o)[1];
}

/** The exports as a host for other instances: new Other(['module name' => $this->exports()]). */
public function exports(): object{
return new class($this){
private $i;
public function __construct($i){$this->i=$i;}
public function __call($name,$args){return $this->i->call($name,...$args);}
public function wasmExport(string $name){return $this->i->wasmExport($name);}
};
}

/**
 * Value of an exported global.
 *
 * @return int|float|object|null
 */
public function getGlobal(string $name){
$x=$this->wasmExport($name);
if($x===null||$x[0]!=='global')throw new \OutOfBoundsException('no exported global "'.$name.'"');
return \strpos($x[1],'m')===0?$x[2]->v:$x[2];
}

/** Sets an exported mutable global. @param int|float|object|null $value */
public function setGlobal(string $name,$value): void{
$x=$this->wasmExport($name);
if($x===null||$x[0]!=='global'||\strpos($x[1],'m')!==0)throw new \OutOfBoundsException('no exported mutable global "'.$name.'"');
$x[2]->v=self::_incoming($x[1][1],$value);
}

/** @internal A function reference of this instance called from another one. */
public function callIndex(int $f,array $args){
[$p,$r]=\explode(':',self::SIGNATURES[$f]);
return $this->_run($f,$p,$r,$args);
}

private static function _host($host,$module){
$h=\is_array($host)?($host[$module]??null):$host;
if(!\is_object($h))throw new \InvalidArgumentException('unknown import: no host object for module "'.$module.'"');
return $h;
}

private static function _link($h,$module,$name,$kind,$type){
if(\method_exists($h,'wasmExport')){
$x=$h->wasmExport($name);
if($x===null)throw new \InvalidArgumentException('unknown import: "'.$module.'" has no "'.$name.'"');
if($x[0]!==$kind||($type!==null&&$x[1]!==$type))throw new \InvalidArgumentException('incompatible import type: '.$kind.' "'.$name.'" of "'.$module.'"');
return $x[2];
}
if($kind!=='func'||!\is_callable([$h,$name]))throw new \InvalidArgumentException('unknown import: '.$kind.' "'.$name.'" of module "'.$module.'"');
return null;
}

private static function _limits($o,$have,$min,$max,$what){
if($have<$min||($max!==null&&($o->max===null||$o->max>$max)))throw new \InvalidArgumentException('incompatible import type: limits of '.$what);
}

private static function _several($types,$values){
if(!\is_array($values)||\count($values)!==\strlen($types))throw new \UnexpectedValueException('a host function must return '.\strlen($types).' values as a list');
$i=0;
$r=[];
foreach($values as $v){$r[]=self::_incoming($types[$i],$v);++$i;}
return $r;
}

/**
 * Runs the arithmetic the generated code relies on and compares with known answers.
 *
 * Called by itself before the first instance.
 *
 * @throws \RuntimeException when this PHP computes wrongly (32-bit, or a defective JIT)
 */
public static function selfTest(): void{
if(\PHP_INT_SIZE!==8)throw new \RuntimeException(self::class.' needs 64-bit PHP');
$m=[1,2,3,4,5,6,7,8];
$r=self::_known($m,200);
if($r!==KNOWN_ANSWER||\count($m)!==8)throw new \RuntimeException(self::class.': self-test failed on PHP '.\PHP_VERSION.' ('.\implode(',',$r).'). If opcache.jit is on, switch it off.');
}

private static function _known(&$m,$n){
$a=2463534242;$b=-7046029254386353131;$k=0;
L1:
$a=$a^($a<<13&4294967295);
$a=$a^$a>>17;
$a=($a^$a<<5)&4294967295;
$b=(\is_int($V=$b*6364136223846793005)?$V:self::mul64($b,6364136223846793005));
$b=(\is_int($V=$b+1442695040888963407)?$V:self::add64($b,1442695040888963407));
$b=(\is_int($V=$b-$a)?$V:self::sub64($b,$a));
if(($a^2147483648)<($m[$a>>29]^2147483648))goto L2;
$m[$J=($a&28)>>2];$m[$J]=($m[$J]+self::_knownpart($m,$a))&4294967295;
goto L3;
L2:
$m[$J=$a>>29]=$m[$J]&~(255<<($K=($a&3)<<3))|($b&255)<<$K;
L3:
switch($a&3){
case 0:goto L4;
case 1:case 2:goto L5;
default:goto L6;}
L4:
$k=$k+1;
goto L6;
L5:
$k=$k+($b>=0?3:5);
L6:
if(--$n)goto L1;
return [$a,$b,$k,$m[0]^$m[1]^$m[2]^$m[3]^$m[4]^$m[5]^$m[6]^$m[7]];
}

private static function _knownpart(&$m,$a){
$s=($a&3)<<3;
return $s?$m[$a>>30]>>$s|($m[($a>>30)+1]<<(32-$s)&4294967295):(int)($a/10)*7&4294967295;
}

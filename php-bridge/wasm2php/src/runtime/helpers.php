<?php
// Helpers copied into the generated class when its code names them. One method each, one blank line between.

private static function _trap($reason){throw new TRAP($reason);}

private static function _end(){throw new TRAP('unreachable');}

private static function add64($a,$b){
$l=($a&4294967295)+($b&4294967295);
return ((($a>>32)+($b>>32)+($l>>32))<<32)|($l&4294967295);
}

private static function sub64($a,$b){
$l=($a&4294967295)-($b&4294967295);
return ((($a>>32)-($b>>32)+($l>>32))<<32)|($l&4294967295);
}

private static function mul64($a,$b){
$x=$a&4294967295;$y=$b&4294967295;
$t=$x*($y&65535);$u=$x*($y>>16);
$l=$t+(($u&65535)<<16);
$h=($u>>16)+($l>>32)+((($a>>32)*$y)&4294967295)+((($b>>32)*$x)&4294967295);
return ($h<<32)|($l&4294967295);
}

private static function div32s($a,$b){
if($b===0)self::_trap('integer divide by zero');
if($b===4294967295&&$a===2147483648)self::_trap('integer overflow');
return (int)((($a^2147483648)-2147483648)/(($b^2147483648)-2147483648))&4294967295;
}

private static function div64s($a,$b){
if($b===0)self::_trap('integer divide by zero');
if($b===-1&&$a===(-9223372036854775807-1))self::_trap('integer overflow');
return \intdiv($a,$b);
}

private static function div64u($a,$b){
if($b===0)self::_trap('integer divide by zero');
if($b<0)return ($a^(-9223372036854775807-1))>=($b^(-9223372036854775807-1))?1:0;
if($a>=0)return \intdiv($a,$b);
$q=\intdiv(($a>>1)&9223372036854775807,$b)<<1;
$r=self::sub64($a,self::mul64($q,$b));
return ($r^(-9223372036854775807-1))>=($b^(-9223372036854775807-1))?$q+1:$q;
}

private static function rem64u($a,$b){
if($b===0)self::_trap('integer divide by zero');
if($a>=0&&$b>0)return $a%$b;
return self::sub64($a,self::mul64(self::div64u($a,$b),$b));
}

private static function shr64($a,$n){
$n&=63;
return $n?($a>>$n)&~(-1<<(64-$n)):$a;
}

private static function rotl32($a,$n){
$n&=31;
return ($a<<$n|$a>>(32-$n))&4294967295;
}

private static function rotr32($a,$n){
$n&=31;
return ($a>>$n|$a<<(32-$n))&4294967295;
}

private static function rotl64($a,$n){
$n&=63;
return $n?$a<<$n|(($a>>(64-$n))&~(-1<<$n)):$a;
}

private static function rotr64($a,$n){
return self::rotl64($a,64-($n&63));
}

private static function clz32($a){
if($a===0)return 32;
$n=0;
if($a<65536){$n=16;$a<<=16;}
if($a<16777216){$n+=8;$a<<=8;}
if($a<268435456){$n+=4;$a<<=4;}
if($a<1073741824){$n+=2;$a<<=2;}
return $a<2147483648?$n+1:$n;
}

private static function clz64($a){
if($a<0)return 0;
return $a>4294967295?self::clz32($a>>32):32+self::clz32($a);
}

private static function ctz32($a){
return $a===0?32:31-self::clz32($a&-$a);
}

private static function ctz64($a){
if(($a&4294967295)!==0)return self::ctz32($a&4294967295);
return 32+self::ctz32(($a>>32)&4294967295);
}

private static function popcnt32($a){
$a-=($a>>1)&1431655765;
$a=($a&858993459)+(($a>>2)&858993459);
return (((($a+($a>>4))&252645135)*16843009)>>24)&255;
}

private static function popcnt64($a){
return self::popcnt32($a&4294967295)+self::popcnt32(($a>>32)&4294967295);
}

private static function l16(&$m,$a){
$s=($a&3)<<3;
return $s<24?$m[$a>>2]>>$s&65535:$m[$a>>2]>>24|($m[($a>>2)+1]&255)<<8;
}

private static function l32(&$m,$a){
$s=($a&3)<<3;
return $s?$m[$a>>2]>>$s|($m[($a>>2)+1]<<(32-$s)&4294967295):$m[$a>>2];
}

private static function l64(&$m,$a){
$i=$a>>2;
$s=($a&3)<<3;
if(!$s)return $m[$i]|$m[$i+1]<<32;
return $m[$i]>>$s|$m[$i+1]<<(32-$s)|$m[$i+2]<<(64-$s);
}

private static function s16(&$m,$a,$v){
$i=$a>>2;
$s=($a&3)<<3;
if($s<24){$m[$i]=$m[$i]&~(65535<<$s)|$v<<$s;return;}
$h=$m[$i+1];
$m[$i]=$m[$i]&16777215|($v&255)<<24;
$m[$i+1]=$h&4294967040|$v>>8;
}

private static function s32(&$m,$a,$v){
$i=$a>>2;
$s=($a&3)<<3;
if(!$s){$m[$i];$m[$i]=$v;return;}
$h=$m[$i+1];
$m[$i]=$m[$i]&~(4294967295<<$s)|($v<<$s&4294967295);
$m[$i+1]=$h&4294967295<<$s&4294967295|$v>>(32-$s);
}

private static function s64(&$m,$a,$v){
$i=$a>>2;
$s=($a&3)<<3;
$l=$v&4294967295;
$u=$v>>32&4294967295;
if(!$s){$m[$i+1];$m[$i]=$l;$m[$i+1]=$u;return;}
$h=$m[$i+2];
$m[$i]=$m[$i]&~(4294967295<<$s)|($l<<$s&4294967295);
$m[$i+1]=$l>>(32-$s)|($u<<$s&4294967295);
$m[$i+2]=$h&4294967295<<$s&4294967295|$u>>(32-$s);
}

private static function _grow(&$m,$n){
$p=\count($m)>>14;
if($n>65536||$p+$n>self::$x)return 4294967295;
if($n===0)return $p;
if($p===0){$m=\array_fill(0,$n<<14,0);return 0;}
for($i=$n<<14;$i>0;--$i)$m[]=0;
return $p;
}

private static function mfill(&$m,$d,$v,$n){
if($d+$n>\count($m)<<2)self::_trap('out of bounds memory access');
$v&=255;
$e=$d+$n;
while($d<$e&&($d&3)!==0){$s=($d&3)<<3;$m[$d>>2]=$m[$d>>2]&~(255<<$s)|$v<<$s;++$d;}
$w=$v*16843009;
for($i=$d>>2,$j=$e>>2;$i<$j;++$i)$m[$i]=$w;
if($i<<2>$d)$d=$i<<2;
while($d<$e){$s=($d&3)<<3;$m[$d>>2]=$m[$d>>2]&~(255<<$s)|$v<<$s;++$d;}
}

private static function mcopy(&$m,$d,$s,$n){
$c=\count($m)<<2;
if($d+$n>$c||$s+$n>$c)self::_trap('out of bounds memory access');
if($d>$s&&$d<$s+$n){self::mcopyback($m,$d,$s,$n);return;}
$i=$d>>2;$q=$s>>2;
if((($d|$s)&3)==0){
for($j=$i+($n>>2);$i<$j;++$i,++$q)$m[$i]=$m[$q];
if($n&3){$z=(1<<(($n&3)<<3))-1;$m[$i]=$m[$i]&~$z|$m[$q]&$z;}
return;
}
if($d===$s||$n===0)return;
$k=($s&3)<<3;$g=32-$k;
$h=($d&3)<<3;
if($h!==0){
$b=32-$h;
if($b>$n<<3)$b=$n<<3;
$v=$m[$q]>>$k;
if($k+$b>32)$v|=$m[$q+1]<<$g;
$z=(1<<$b)-1;
$m[$i]=$m[$i]&~($z<<$h)|($v&$z)<<$h;
$n-=$b>>3;
if($n===0)return;
++$i;
$k+=$b;
if($k>31){$k-=32;++$q;}
$g=32-$k;
}
if($n>3){
$j=$i+($n>>2);
if($k==0){for(;$i<$j;++$i,++$q)$m[$i]=$m[$q];}
else{
$w=$m[$q]>>$k;
for(;$i<$j;++$i){++$q;$v=$m[$q];$m[$i]=$w|$v<<$g&4294967295;$w=$v>>$k;}
}
$n&=3;
}
if($n!==0){
$b=$n<<3;
$v=$m[$q]>>$k;
if($k+$b>32)$v|=$m[$q+1]<<$g;
$z=(1<<$b)-1;
$m[$i]=$m[$i]&~$z|$v&$z;
}
}

private static function mcopyback(&$m,$d,$s,$n){
$e=$d+$n;$s+=$n;
while($e>$d&&($e&3)!==0){
--$e;--$s;
$k=($e&3)<<3;
$m[$e>>2]=$m[$e>>2]&~(255<<$k)|($m[$s>>2]>>(($s&3)<<3)&255)<<$k;
}
$i=$e>>2;$j=($d+3)>>2;
if($i>$j){
$k=($s&3)<<3;$q=$s>>2;
$s-=($i-$j)<<2;
if($k===0){while($i>$j)$m[--$i]=$m[--$q];}
else{
$g=32-$k;$w=$m[$q]<<$g&4294967295;
while($i>$j){$v=$m[--$q];$m[--$i]=$w|$v>>$k;$w=$v<<$g&4294967295;}
}
$e=$j<<2;
}
while($e>$d){
--$e;--$s;
$k=($e&3)<<3;
$m[$e>>2]=$m[$e>>2]&~(255<<$k)|($m[$s>>2]>>(($s&3)<<3)&255)<<$k;
}
}

private static function minit(&$m,$t,$d,$s,$n){
if($s+$n>\strlen($t)||$d+$n>\count($m)<<2)self::_trap('out of bounds memory access');
self::_poke($m,$d,\substr($t,$s,$n));
}

private static function tset($t,$i,$v){
if($i>=\count($t->e))self::_trap('out of bounds table access');
$t->e[$i]=$v;
}

private static function tgrow($t,$v,$n){
$p=\count($t->e);
if($p+$n>$t->limit)return 4294967295;
for(;$n>0;--$n)$t->e[]=$v;
return $p;
}

private static function tfill($t,$i,$v,$n){
if($i+$n>\count($t->e))self::_trap('out of bounds table access');
for($n+=$i;$i<$n;++$i)$t->e[$i]=$v;
}

private static function tcopy($t,$u,$d,$s,$n){
if($d+$n>\count($t->e)||$s+$n>\count($u->e))self::_trap('out of bounds table access');
if($d<=$s){for($i=0;$i<$n;++$i)$t->e[$d+$i]=$u->e[$s+$i];}
else{while(--$n>=0)$t->e[$d+$n]=$u->e[$s+$n];}
}

private static function tinit($t,$u,$d,$s,$n){
if($d+$n>\count($t->e)||$s+$n>\count($u))self::_trap('out of bounds table access');
for($i=0;$i<$n;++$i)$t->e[$d+$i]=$u[$s+$i];
}

private static function f64bits($f){return \unpack('P',\pack('e',$f))[1];}

private static function f64from($i){return \unpack('e',\pack('P',$i))[1];}

private static function f32bits($f){
if($f!==$f){
$i=\unpack('P',\pack('e',$f))[1];
return ($i>>32&2147483648)|2139095040|($i>>29&8388607);
}
return \unpack('V',\pack('g',$f))[1];
}

private static function f32from($i){
if(($i&2139095040)===2139095040&&($i&8388607)!==0)return \unpack('e',\pack('P',(($i&2147483648)<<32)|9218868437227405312|(($i&8388607)<<29)))[1];
return \unpack('g',\pack('V',$i))[1];
}

private static function f32demote($f){
if($f!==$f)return self::quiet($f);
return \unpack('g',\pack('g',$f))[1];
}

private static function f64promote($f){return $f!==$f?self::quiet($f):$f;}

private static function quiet($f){return self::f64from(self::f64bits($f)|2251799813685248);}

private static function f32add($a,$b){return self::f32demote($a+$b);}

private static function f32sub($a,$b){return self::f32demote($a-$b);}

private static function f32mul($a,$b){return self::f32demote($a*$b);}

private static function f32div($a,$b){return self::f32demote(self::f64div($a,$b));}

private static function f64div($a,$b){
if($b!=0.0||$b!==$b)return $a/$b;
if($a!==$a||$a==0.0)return \NAN;
return ($a<0.0)===(self::f64bits($b)<0)?\INF:-\INF;
}

private static function fmin($a,$b){
if($a!==$a)return self::quiet($a);
if($b!==$b)return self::quiet($b);
if($a==$b)return self::f64bits($a)<0?$a:$b;
return $a<$b?$a:$b;
}

private static function fmax($a,$b){
if($a!==$a)return self::quiet($a);
if($b!==$b)return self::quiet($b);
if($a==$b)return self::f64bits($a)<0?$b:$a;
return $a>$b?$a:$b;
}

private static function fcopysign($a,$b){
return self::f64from((self::f64bits($a)&9223372036854775807)|(self::f64bits($b)&(-9223372036854775807-1)));
}

private static function fabs($a){return self::f64from(self::f64bits($a)&9223372036854775807);}

private static function fneg($a){return self::f64from(self::f64bits($a)^(-9223372036854775807-1));}

private static function fceil($a){return $a!==$a?self::quiet($a):\ceil($a);}

private static function ffloor($a){return $a!==$a?self::quiet($a):\floor($a);}

private static function ftrunc($a){
if($a!==$a)return self::quiet($a);
return $a<0.0||($a==0.0&&self::f64bits($a)<0)?\ceil($a):\floor($a);
}

private static function fnearest($a){
if($a!==$a)return self::quiet($a);
$s=\abs($a);
if(!($s<4503599627370496.0))return $a;
$r=($s+4503599627370496.0)-4503599627370496.0;
return self::fcopysign($r,$a);
}

private static function f64sqrt($a){return $a!==$a?self::quiet($a):\sqrt($a);}

private static function f32sqrt($a){return $a!==$a?self::quiet($a):self::f32demote(\sqrt($a));}

private static function trunc32s($a){
if($a!==$a)self::_trap('invalid conversion to integer');
if(!($a>-2147483649.0&&$a<2147483648.0))self::_trap('integer overflow');
return (int)$a&4294967295;
}

private static function trunc32u($a){
if($a!==$a)self::_trap('invalid conversion to integer');
if(!($a>-1.0&&$a<4294967296.0))self::_trap('integer overflow');
return (int)$a;
}

private static function trunc64s($a){
if($a!==$a)self::_trap('invalid conversion to integer');
if(!($a>=-9223372036854775808.0&&$a<9223372036854775808.0))self::_trap('integer overflow');
return (int)$a;
}

private static function trunc64u($a){
if($a!==$a)self::_trap('invalid conversion to integer');
if(!($a>-1.0&&$a<18446744073709551616.0))self::_trap('integer overflow');
return $a<9223372036854775808.0?(int)$a:(int)($a-9223372036854775808.0)^(-9223372036854775807-1);
}

private static function sat32s($a){
if($a!==$a)return 0;
if($a<=-2147483648.0)return 2147483648;
return $a>=2147483647.0?2147483647:(int)$a&4294967295;
}

private static function sat32u($a){
if($a!==$a||$a<=0.0)return 0;
return $a>=4294967295.0?4294967295:(int)$a;
}

private static function sat64s($a){
if($a!==$a)return 0;
if($a<=-9223372036854775808.0)return (-9223372036854775807-1);
return $a>=9223372036854775808.0?9223372036854775807:(int)$a;
}

private static function sat64u($a){
if($a!==$a||$a<=0.0)return 0;
return $a>=18446744073709551616.0?-1:self::trunc64u($a);
}

private static function f64i64u($a){
if($a>=0)return (float)$a;
return (float)(($a>>1)&9223372036854775807|($a&1))*2.0;
}

private static function f32i64s($a){
if($a>-9007199254740992&&$a<9007199254740992)return self::f32demote((float)$a);
return self::f32demote((float)(($a&2047)?($a&-2048|1024):$a));
}

private static function f32i64u($a){
if($a>=0)return self::f32i64s($a);
return self::f32i64s(($a>>1)&9223372036854775807|($a&1))*2.0;
}

private static function tget($t,$i){
if($i>=\count($t->e))self::_trap('out of bounds table access');
return $t->e[$i];
}

private static function callee($t,$i,$s){
if($i>=\count($t->e))self::_trap('undefined element');
$r=$t->e[$i];
if($r===null)self::_trap('uninitialized element');
if($r->t!==$s)self::_trap('indirect call type mismatch');
return $r;
}

private static function nocall($t,$i){
if($i>=\strlen($t))self::_trap('undefined element');
self::_trap($t[$i]==='0'?'uninitialized element':'indirect call type mismatch');
}

private static function mcmp(&$m,$a,$b,$n){
if((($a|$b)&3)==0){
for($i=$a>>2,$j=$b>>2;$n>3;$n-=4,++$i,++$j)if($m[$i]!=$m[$j]){$v=$m[$i];$w=$m[$j];goto L1;}
if($n==0)return 0;
$k=(1<<($n<<3))-1;
$v=$m[$i]&$k;$w=$m[$j]&$k;
if($v==$w)return 0;
goto L1;
}
$s=($a&3)<<3;$t=($b&3)<<3;$i=$a>>2;$j=$b>>2;
$g=32-$s;$h=32-$t;
for(;$n>3;$n-=4){
$v=$s?$m[$i]>>$s|$m[++$i]<<$g&4294967295:$m[$i++];
$w=$t?$m[$j]>>$t|$m[++$j]<<$h&4294967295:$m[$j++];
if($v!=$w)goto L1;
}
if($n==0)return 0;
$v=$m[$i]>>$s;
if($s+($n<<3)>32)$v|=$m[$i+1]<<$g;
$w=$m[$j]>>$t;
if($t+($n<<3)>32)$w|=$m[$j+1]<<$h;
$k=(1<<($n<<3))-1;
$v&=$k;$w&=$k;
if($v==$w)return 0;
L1:
$x=$v^$w;
$k=$x&255?0:($x&65535?8:($x&16777215?16:24));
return ($v>>$k&255)-($w>>$k&255)&4294967295;
}

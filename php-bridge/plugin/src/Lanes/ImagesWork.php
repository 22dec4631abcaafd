<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Images\Pass;
use Dongbo\Tables\Clock;
use Dongbo\Tables\Pictures;
use Dongbo\Tables\Runs;

/**
 * The images' lane (B11): a pass follows every run that wrote goods, every change of the settings,
 * and the hour at which a failed image may be tried again.
 */
final class ImagesWork implements Work
{
    private const KIND = 'images';

    public function lane(): string
    {
        return Lane::IMAGES;
    }

    public function waiting(array $connection): Slice
    {
        $id = $connection['id'];
        if (Runs::open($id, Lane::IMAGES) !== null) {
            return new Slice(Slice::MORE);
        }
        $written = Runs::lastDone($id, Lane::CATALOGUE);
        if ($written === null) {
            return new Slice(Slice::IDLE);
        }
        $last = Runs::last($id, Lane::IMAGES, self::KIND);
        if ($last === null || $last['started'] < $written || (int) ($last['summary']['start']['revision'] ?? -1) !== (int) $connection['settings_revision']) {
            return new Slice(Slice::MORE);
        }
        $next = Pictures::next($id);
        if ($next === null) {
            return new Slice(Slice::IDLE);
        }

        return $next <= Clock::now() ? new Slice(Slice::MORE) : new Slice(Slice::WAITING, $next);
    }

    public function slice(array $connection, Budget $budget, int $actor): Slice
    {
        $id = Runs::start($connection['id'], Lane::IMAGES, self::KIND, ['revision' => (int) $connection['settings_revision']]);
        $fence = Fence::take($id);
        $run = Runs::find($id);
        if ($run === null || $run['ended'] !== null) {
            return new Slice(Slice::IDLE);
        }
        $slice = (new Pass($connection, $run, $fence, $budget, $actor))->work();
        if ($slice->outcome === Slice::DONE) {
            Runs::prune($connection['id'], self::KIND);
        }

        return $slice;
    }
}

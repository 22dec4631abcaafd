<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Activation\Requirements;
use Dongbo\Lanes\Guard;
use Dongbo\Tables\Connections;
use Dongbo\Tables\Schema;
use Dongbo\Texts;
use WP_CLI;

/** What every command needs before it begins; each ends with the reason when it is not there. */
final class Ready
{
    public static function tables(): void
    {
        $missing = Requirements::unmet();
        if ($missing !== []) {
            WP_CLI::error("Dongbo does nothing yet. It needs:\n- " . implode("\n- ", $missing));
        }
        if (Schema::newer()) {
            WP_CLI::error('The tables were written by a newer version of Dongbo. Install that version again; this one writes nothing.');
        }
        $trouble = Schema::migrate();
        if ($trouble !== '') {
            WP_CLI::error('The tables could not be prepared. The database said: ' . $trouble);
        }
    }

    /** @return array<string, mixed> */
    public static function connection(): array
    {
        self::tables();
        $connection = Connections::current();
        if ($connection === null) {
            WP_CLI::error('Not connected. Connect first: wp dongbo connect --shop=<shop> --client-id=<id> --client-secret=<secret>');
        }

        return (array) $connection;
    }

    /** @return array<string, mixed> The connection, when it may be written with. */
    public static function writable(): array
    {
        $connection = self::connection();
        $why = Guard::refusal($connection);
        if ($why !== null) {
            WP_CLI::error(Texts::both($why) . " Connect again: wp dongbo connect --shop={$connection['shop']}");
        }

        return $connection;
    }
}

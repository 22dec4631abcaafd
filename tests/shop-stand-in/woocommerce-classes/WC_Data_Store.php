<?php

declare(strict_types=1);

/** What the hooks around a save are given beside the product. */
class WC_Data_Store
{
}

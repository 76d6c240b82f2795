namespace Aegis.Datasets.Simulation;

/// <summary>The endings of a trade's prices.</summary>
internal enum PriceEnding : byte
{
    /// <summary>Any minor unit.</summary>
    Any,

    /// <summary>Mostly 99.</summary>
    NinetyNine,

    /// <summary>Whole bank notes.</summary>
    Notes,
}

/// <summary>A trade: the prices and opening hours of its merchants.</summary>
/// <param name="Name">The name for people.</param>
/// <param name="Mcc">ISO 18245 code.</param>
/// <param name="Share">The share of the merchants of its kind.</param>
/// <param name="PriceLog">The mean of ln EUR of a payment.</param>
/// <param name="PriceSpread">The standard deviation of ln EUR.</param>
/// <param name="Opens">The usual opening, local hour.</param>
/// <param name="Closes">The usual closing, local hour; above 24 if it is after midnight.</param>
/// <param name="SundayShare">The share of its merchants that open on Sundays.</param>
/// <param name="Ending">The ending of its prices.</param>
internal sealed record Trade(
    string Name, int Mcc, double Share, double PriceLog, double PriceSpread, double Opens = 0, double Closes = 24, double SundayShare = 1,
    PriceEnding Ending = PriceEnding.Any)
{
    /// <summary>Trades with shops in every city; <see cref="Shop"/> names the positions.</summary>
    public static Trade[] Shops { get; } =
    [
        new("grocery", 5411, .20, 3.0, .75, 7, 22, .4), new("restaurant", 5812, .15, 3.3, .55, 11, 23.5, .8), new(
            "fast food", 5814, .12, 2.3, .45, 9, 26, .9),
        new("bar", 5813, .05, 2.6, .6, 17, 27, .9), new("fuel", 5541, .06, 3.9, .4), new(
            "clothing", 5651, .07, 3.9, .75, 9.5, 20, .1, PriceEnding.NinetyNine),
        new("electronics", 5732, .03, 4.5, .95, 9.5, 20, .1, PriceEnding.NinetyNine), new("home", 5712, .03, 4.2, .95, 9, 20, .1),
        new("pharmacy", 5912, .06, 2.8, .65, 8, 20, .2), new("cinema", 7832, .01, 2.9, .4, 12, 24), new(
            "hairdresser", 7230, .05, 3.5, .4, 9, 19, 0),
        new("transit", 4111, .03, 1.6, .7, 5, 25), new("hotel", 7011, .03, 5.0, .55), new(
            "cash machine", 6011, .04, 4.2, .55, Ending: PriceEnding.Notes),
        new("jeweller", 5944, .015, 5.1, .8, 10, 19, .1), new("parking", 7523, .02, 1.5, .6), new("doctor", 8011, .035, 4.0, .7, 8, 18, 0),
    ];

    /// <summary>Trades on the web; <see cref="Site"/> names the positions.</summary>
    public static Trade[] Sites { get; } =
    [
        new("web shop", 5999, .30, 3.3, .85), new("web electronics", 5732, .07, 4.4, 1.0, Ending: PriceEnding.NinetyNine), new(
            "web clothing", 5651, .15, 3.8, .65, Ending: PriceEnding.NinetyNine),
        new("digital goods", 5816, .12, 1.9, .85, Ending: PriceEnding.NinetyNine), new("travel booking", 4722, .05, 5.2, .8), new(
            "books and toys", 5942, .10, 2.9, .6),
        new("food delivery", 5814, .08, 3.1, .45), new("grocery delivery", 5411, .03, 4.2, .5), new("tickets", 7922, .05, 4.0, .7), new(
            "marketplace", 5262, .05, 3.2, 1.0),
    ];

    /// <summary>Trades that charge every month.</summary>
    public static Trade[] Recurring { get; } =
    [
        new("streaming", 4899, .25, 2.4, .35), new("telephone", 4814, .20, 3.2, .4), new("utility", 4900, .15, 4.3, .45), new(
            "insurance", 6300, .15, 3.7, .6),
        new("gym", 7997, .10, 3.3, .3), new("club", 5968, .15, 2.8, .6),
    ];

    /// <summary>True if its merchants never close.</summary>
    public bool IsAlwaysOpen => Closes - Opens >= 24;
}

/// <summary>Positions in <see cref="Trade.Shops"/>.</summary>
internal static class Shop
{
    public const int Grocery = 0, Restaurant = 1, FastFood = 2, Bar = 3, Fuel = 4, Clothing = 5, Electronics = 6, Home = 7, Pharmacy = 8,
        Cinema = 9, Hairdresser = 10,
        Transit = 11, Hotel = 12, Cash = 13, Jeweller = 14, Parking = 15, Doctor = 16;
}

/// <summary>Positions in <see cref="Trade.Sites"/>.</summary>
internal static class Site
{
    public const int Retail = 0, Electronics = 1, Clothing = 2, Digital = 3, Travel = 4, Books = 5, Food = 6, Grocery = 7, Tickets = 8,
        Marketplace = 9;
}

namespace Aegis.Core.Transactions;

/// <summary>Broad groups of merchant category codes, few enough for one input column each.</summary>
public enum MerchantCategory : byte
{
    Other = 0, Grocery, Fuel, Restaurant, Travel, Lodging, Clothing, Electronics, Home, Health, Entertainment, Services, Cash, OnlineRetail,
}

/// <summary>Maps ISO 18245 codes to <see cref="MerchantCategory"/>.</summary>
public static class MerchantCategories
{
    /// <summary>The number of groups.</summary>
    public const int Count = 14;

    private static readonly string[] Phrases =
    [
        "other merchants", "grocery shops", "fuel stations", "restaurants", "travel companies", "hotels", "clothing shops",
        "electronics shops",
        "home and garden shops", "health and beauty", "entertainment", "services", "cash machines", "online shops",
    ];

    /// <summary>A plural phrase for analysts, for example <c>electronics shops</c>.</summary>
    public static string Phrase(this MerchantCategory category) => Phrases[(int)category];

    /// <summary>The group of a code; <see cref="MerchantCategory.Other"/> if no group fits.</summary>
    public static MerchantCategory Of(int mcc) => mcc switch
    {
        5411 or 5422 or 5441 or 5451 or 5462 or 5499 or 5300 or 5331 => MerchantCategory.Grocery,
        5541 or 5542 or 5172 or 5983 => MerchantCategory.Fuel,
        5811 or 5812 or 5813 or 5814 => MerchantCategory.Restaurant,
        (>= 3000 and <= 3441) or 4111 or 4112 or 4121 or 4131 or 4411 or 4511 or 4722 or 7512 => MerchantCategory.Travel,
        (>= 3501 and <= 3999) or 7011 => MerchantCategory.Lodging,
        >= 5611 and <= 5699 => MerchantCategory.Clothing,
        5732 or 5733 or 5734 or 5735 or 5045 or 4812 => MerchantCategory.Electronics,
        5200 or 5211 or 5231 or 5251 or 5261 or (>= 5712 and <= 5722) or 5995 => MerchantCategory.Home,
        5912 or 5977 or 7230 or 7298 or (>= 8011 and <= 8099) => MerchantCategory.Health,
        5815 or 5816 or 5817 or 5818 or 5942 or 5945 or (>= 7829 and <= 7999) => MerchantCategory.Entertainment,
        4814 or 4899 or 4900 or (>= 6300 and <= 6399) or (>= 7210 and <= 7399) or (>= 8200 and <= 8999) => MerchantCategory.Services,
        6010 or 6011 or 6051 => MerchantCategory.Cash,
        5262 or 5310 or 5311 or (>= 5960 and <= 5969) or 5999 or 5944 or 5947 => MerchantCategory.OnlineRetail,
        _ => MerchantCategory.Other,
    };
}

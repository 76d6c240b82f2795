namespace Aegis.Core.Simulation;

/// <summary>A city of the simulated world.</summary>
/// <param name="Name">For people; never in a transaction.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="HomeWeight">How many of the bank's customers live here, relative to the others; 0 abroad.</param>
public sealed record City(string Name, string Country, string Currency, double Latitude, double Longitude, double HomeWeight)
{
    /// <summary>All cities; customers live in the first ones.</summary>
    public static IReadOnlyList<City> All { get; } =
    [
        new("Berlin", "DE", "EUR", 52.52, 13.40, 6), new("Hamburg", "DE", "EUR", 53.55, 9.99, 3), new("Munich", "DE", "EUR", 48.14, 11.58, 3),
        new("Cologne", "DE", "EUR", 50.94, 6.96, 2), new("Paris", "FR", "EUR", 48.86, 2.35, 5), new("Lyon", "FR", "EUR", 45.76, 4.84, 2),
        new("Amsterdam", "NL", "EUR", 52.37, 4.90, 4), new("Brussels", "BE", "EUR", 50.85, 4.35, 2), new("Madrid", "ES", "EUR", 40.42, -3.70, 4),
        new("Barcelona", "ES", "EUR", 41.39, 2.17, 3), new("Lisbon", "PT", "EUR", 38.72, -9.14, 2), new("Rome", "IT", "EUR", 41.90, 12.50, 3),
        new("Milan", "IT", "EUR", 45.46, 9.19, 3), new("Vienna", "AT", "EUR", 48.21, 16.37, 2), new("Dublin", "IE", "EUR", 53.35, -6.26, 2),
        new("Helsinki", "FI", "EUR", 60.17, 24.94, 1), new("London", "GB", "GBP", 51.51, -0.13, 3), new("Warsaw", "PL", "PLN", 52.23, 21.01, 2),
        new("Prague", "CZ", "CZK", 50.08, 14.44, 1), new("Zurich", "CH", "CHF", 47.37, 8.54, 1), new("Stockholm", "SE", "SEK", 59.33, 18.07, 1),
        new("New York", "US", "USD", 40.71, -74.01, 0), new("Miami", "US", "USD", 25.76, -80.19, 0), new("Los Angeles", "US", "USD", 34.05, -118.24, 0),
        new("Sao Paulo", "BR", "BRL", -23.55, -46.63, 0), new("Mexico City", "MX", "MXN", 19.43, -99.13, 0), new("Lagos", "NG", "NGN", 6.52, 3.38, 0),
        new("Cairo", "EG", "EGP", 30.04, 31.24, 0), new("Istanbul", "TR", "TRY", 41.01, 28.98, 0), new("Dubai", "AE", "AED", 25.20, 55.27, 0),
        new("Mumbai", "IN", "INR", 19.08, 72.88, 0), new("Bangkok", "TH", "THB", 13.76, 100.50, 0), new("Singapore", "SG", "SGD", 1.35, 103.82, 0),
        new("Hong Kong", "HK", "HKD", 22.32, 114.17, 0), new("Tokyo", "JP", "JPY", 35.68, 139.69, 0), new("Jakarta", "ID", "IDR", -6.21, 106.85, 0),
        new("Sydney", "AU", "AUD", -33.87, 151.21, 0), new("Johannesburg", "ZA", "ZAR", -26.20, 28.05, 0), new("Kyiv", "UA", "UAH", 50.45, 30.52, 0),
        new("Bucharest", "RO", "RON", 44.43, 26.10, 0),
    ];
}

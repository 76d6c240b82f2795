namespace Aegis.Datasets.Simulation;

/// <summary>A city of the simulated world.</summary>
/// <param name="Name">The name for people; never in a transaction.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="HomeWeight">The number of the bank's customers who live here, relative to other cities; 0 abroad.</param>
/// <param name="Pull">The number of travellers who come here, relative to other cities.</param>
/// <param name="UtcOffsetHours">Local time minus UTC in hours, all year round.</param>
internal sealed record City(
    string Name, string Country, string Currency, double Latitude, double Longitude, double HomeWeight, double Pull, double UtcOffsetHours)
{
    /// <summary>All cities. A city's position is its number in the world.</summary>
    public static City[] All { get; } =
    [
        new("Berlin", "DE", "EUR", 52.52, 13.40, 6, 2, 1), new("Hamburg", "DE", "EUR", 53.55, 9.99, 3, 1, 1), new(
            "Munich", "DE", "EUR", 48.14, 11.58, 3, 1.5, 1),
        new("Cologne", "DE", "EUR", 50.94, 6.96, 2, 0.7, 1), new("Paris", "FR", "EUR", 48.86, 2.35, 5, 3, 1), new(
            "Lyon", "FR", "EUR", 45.76, 4.84, 2, 0.5, 1),
        new("Amsterdam", "NL", "EUR", 52.37, 4.90, 4, 2, 1), new("Brussels", "BE", "EUR", 50.85, 4.35, 2, 1, 1), new(
            "Madrid", "ES", "EUR", 40.42, -3.70, 4, 2, 1),
        new("Barcelona", "ES", "EUR", 41.39, 2.17, 3, 3, 1), new("Lisbon", "PT", "EUR", 38.72, -9.14, 2, 2, 0), new(
            "Rome", "IT", "EUR", 41.90, 12.50, 3, 3, 1),
        new("Milan", "IT", "EUR", 45.46, 9.19, 3, 1.2, 1), new("Vienna", "AT", "EUR", 48.21, 16.37, 2, 1.5, 1), new(
            "Dublin", "IE", "EUR", 53.35, -6.26, 2, 1, 0),
        new("Helsinki", "FI", "EUR", 60.17, 24.94, 1, 0.5, 2), new("London", "GB", "GBP", 51.51, -0.13, 3, 3, 0), new(
            "Warsaw", "PL", "PLN", 52.23, 21.01, 2, 0.8, 1),
        new("Prague", "CZ", "CZK", 50.08, 14.44, 1, 1.5, 1), new("Zurich", "CH", "CHF", 47.37, 8.54, 1, 0.8, 1), new(
            "Stockholm", "SE", "SEK", 59.33, 18.07, 1, 0.7, 1),
        new("Palma", "ES", "EUR", 39.57, 2.65, 0, 4, 1), new("Nice", "FR", "EUR", 43.70, 7.27, 0, 2, 1), new(
            "Faro", "PT", "EUR", 37.02, -7.93, 0, 2, 0),
        new("Split", "HR", "EUR", 43.51, 16.44, 0, 2.5, 1), new("Heraklion", "GR", "EUR", 35.34, 25.14, 0, 2.5, 2), new(
            "Innsbruck", "AT", "EUR", 47.27, 11.39, 0, 1.5, 1),
        new("Venice", "IT", "EUR", 45.44, 12.32, 0, 2, 1), new("Antalya", "TR", "TRY", 36.90, 30.70, 0, 3, 3), new(
            "Istanbul", "TR", "TRY", 41.01, 28.98, 0, 1.5, 3),
        new("New York", "US", "USD", 40.71, -74.01, 0, 1.5, -5), new("Miami", "US", "USD", 25.76, -80.19, 0, 0.7, -5), new(
            "Los Angeles", "US", "USD", 34.05, -118.24, 0, 0.7, -8),
        new("Sao Paulo", "BR", "BRL", -23.55, -46.63, 0, 0.3, -3), new("Mexico City", "MX", "MXN", 19.43, -99.13, 0, 0.4, -6), new(
            "Lagos", "NG", "NGN", 6.52, 3.38, 0, 0.1, 1),
        new("Cairo", "EG", "EGP", 30.04, 31.24, 0, 0.8, 2), new("Dubai", "AE", "AED", 25.20, 55.27, 0, 1.2, 4), new(
            "Mumbai", "IN", "INR", 19.08, 72.88, 0, 0.3, 5.5),
        new("Bangkok", "TH", "THB", 13.76, 100.50, 0, 1, 7), new("Singapore", "SG", "SGD", 1.35, 103.82, 0, 0.4, 8), new(
            "Hong Kong", "HK", "HKD", 22.32, 114.17, 0, 0.3, 8),
        new("Tokyo", "JP", "JPY", 35.68, 139.69, 0, 0.5, 9), new("Jakarta", "ID", "IDR", -6.21, 106.85, 0, 0.3, 7), new(
            "Sydney", "AU", "AUD", -33.87, 151.21, 0, 0.3, 10),
        new("Johannesburg", "ZA", "ZAR", -26.20, 28.05, 0, 0.3, 2), new("Kyiv", "UA", "UAH", 50.45, 30.52, 0, 0.1, 2), new(
            "Bucharest", "RO", "RON", 44.43, 26.10, 0, 0.4, 2),
    ];

    /// <summary>Local time minus UTC, in milliseconds.</summary>
    public long UtcOffsetMs { get; } = (long)(UtcOffsetHours * CalendarDay.HourMs);
}

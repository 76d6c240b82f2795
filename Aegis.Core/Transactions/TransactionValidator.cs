using System.Net;

namespace Aegis.Core.Transactions;

/// <summary>Finds everything that is wrong with a transaction at once.</summary>
public static class TransactionValidator
{
    /// <summary>The longest id, token or device, in characters.</summary>
    public const int LongestIdentifier = 64;

    /// <summary>The largest amount in minor units: ten thousand million of a two-digit currency.</summary>
    public const long LargestAmountMinor = 1_000_000_000_000;

    /// <summary>How far an event may lie ahead of the clock that judges it.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>Events before this are taken for a wrong unit or an empty field.</summary>
    public static readonly DateTimeOffset EarliestEventTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Adds every fault of <paramref name="transaction"/> to <paramref name="faults"/>.</summary>
    /// <param name="transaction">The transaction to judge.</param>
    /// <param name="now">The judging clock, UTC: the edge's own time, or the log entry's stamp when read back.</param>
    /// <param name="faults">Receives the faults; left alone where there is none.</param>
    public static void Validate(Transaction transaction, DateTimeOffset now, List<TransactionFault> faults)
    {
        Identifier("id", transaction.Id, faults);
        Identifier("cardToken", transaction.CardToken, faults);
        Identifier("merchantId", transaction.MerchantId, faults);
        if (transaction.DeviceId is { } device)
        {
            Identifier("deviceId", device, faults);
        }

        if (CardNumbers.IsCardNumber(transaction.CardToken))
        {
            faults.Add(TransactionFault.Of("cardToken", transaction.CardToken, "a token; send a card number as 'pan' and it is exchanged for one"));
        }

        EventTime(transaction.EventTime, now, faults);
        Amount(transaction, faults);
        Place(transaction, faults);

        if (transaction.Mcc is < 0 or > 9999)
        {
            faults.Add(TransactionFault.Of("mcc", transaction.Mcc.ToString(), "an ISO 18245 code of four digits, 0000 to 9999"));
        }

        if (!Enum.IsDefined(transaction.Channel))
        {
            faults.Add(TransactionFault.Of("channel", transaction.Channel.ToString(), string.Join(", ", Channels.Names)));
        }

        if (transaction.IpAddress is { } ip && !IPAddress.TryParse(ip, out _))
        {
            faults.Add(TransactionFault.Of("ipAddress", ip, "an IPv4 or IPv6 address, or nothing"));
        }

        Digits("cardBin", transaction.CardBin, 6, faults);
        Digits("cardLastFour", transaction.CardLastFour, 4, faults);
    }

    private static void Identifier(string field, string? value, List<TransactionFault> faults)
    {
        const string Allowed = "1 to 64 printable ASCII characters";
        if (string.IsNullOrEmpty(value))
        {
            faults.Add(TransactionFault.Of(field, value, Allowed));
        }
        else if (value.Length > LongestIdentifier || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            faults.Add(TransactionFault.Of(field, value, Allowed));
        }
    }

    private static void EventTime(DateTimeOffset time, DateTimeOffset now, List<TransactionFault> faults)
    {
        if (time < EarliestEventTime || time > now + ClockTolerance)
        {
            var latest = now + ClockTolerance;
            faults.Add(TransactionFault.Of("eventTime", time.ToString("O"), $"{EarliestEventTime:yyyy-MM-dd} to {latest:yyyy-MM-ddTHH:mm:ssZ} (ten minutes ahead of the clock)"));
        }
    }

    private static void Amount(Transaction transaction, List<TransactionFault> faults)
    {
        if (transaction.AmountMinor is < 0 or > LargestAmountMinor)
        {
            faults.Add(TransactionFault.Of("amountMinor", transaction.AmountMinor.ToString(), $"0 to {LargestAmountMinor}, in the currency's minor unit"));
        }

        if (!Currencies.IsKnown(transaction.Currency))
        {
            faults.Add(TransactionFault.Of("currency", transaction.Currency, "an ISO 4217 code that the rate table holds, such as EUR or USD"));
        }
    }

    private static void Place(Transaction transaction, List<TransactionFault> faults)
    {
        if (!Countries.IsKnown(transaction.Country))
        {
            faults.Add(TransactionFault.Of("country", transaction.Country, "an ISO 3166-1 alpha-2 code, such as DE or US"));
        }

        Coordinate("latitude", transaction.Latitude, 90, faults);
        Coordinate("longitude", transaction.Longitude, 180, faults);
        if (transaction.Latitude.HasValue != transaction.Longitude.HasValue)
        {
            var missing = transaction.Latitude.HasValue ? "longitude" : "latitude";
            faults.Add(TransactionFault.Of(missing, null, "latitude and longitude together, or neither"));
        }
    }

    private static void Coordinate(string field, double? degrees, double limit, List<TransactionFault> faults)
    {
        // Written so that NaN fails too.
        if (degrees is { } value && !(Math.Abs(value) <= limit))
        {
            faults.Add(TransactionFault.Of(field, value.ToString("R"), $"-{limit} to {limit} degrees, or nothing"));
        }
    }

    private static void Digits(string field, string? value, int length, List<TransactionFault> faults)
    {
        if (value is not null && (value.Length != length || value.AsSpan().ContainsAnyExceptInRange('0', '9')))
        {
            faults.Add(TransactionFault.Of(field, value, $"{length} digits, or nothing"));
        }
    }
}

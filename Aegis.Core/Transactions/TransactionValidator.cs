using System.Buffers;
using System.Net;

namespace Aegis.Core.Transactions;

/// <summary>Finds everything that is wrong with a transaction at once.</summary>
public static class TransactionValidator
{
    /// <summary>The longest id, token or device, in characters.</summary>
    public const int LongestIdentifier = 64;

    /// <summary>The largest amount in minor units: ten thousand million of a two-digit currency.</summary>
    public const long LargestAmountMinor = 1_000_000_000_000;

    private const int LongestAddress = 45;
    private const string NoCardNumber = "a value without a card number in it";
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:~@+=,");
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF.:");

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
        Id(transaction.Id, faults);
        Identifier("cardToken", transaction.CardToken, faults);
        Identifier("merchantId", transaction.MerchantId, faults);
        if (transaction.DeviceId is { } device)
        {
            Identifier("deviceId", device, faults);
        }

        if (CardNumbers.IsCardNumber(transaction.CardToken) || (transaction.CardToken is not null && CardNumbers.Contains(transaction.CardToken)))
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

        if (transaction.IpAddress is { } ip && !IsAddress(ip))
        {
            faults.Add(TransactionFault.Of("ipAddress", ip, "an IPv4 or IPv6 address, or nothing"));
        }

        Digits("cardBin", transaction.CardBin, 6, faults);
        Digits("cardLastFour", transaction.CardLastFour, 4, faults);
    }

    /// <summary>Ids stand in URLs, so their alphabet is narrower than that of other identifiers.</summary>
    private static void Id(string? id, List<TransactionFault> faults)
    {
        if (string.IsNullOrEmpty(id) || id.Length > LongestIdentifier || id.AsSpan().ContainsAnyExcept(IdCharacters) || id.All(c => c == '.'))
        {
            faults.Add(TransactionFault.Of("id", id, "1 to 64 of the characters A-Z a-z 0-9 - _ . : ~ @ + = ,"));
        }
        else if (CardNumbers.Contains(id))
        {
            faults.Add(TransactionFault.Of("id", id, NoCardNumber));
        }
    }

    /// <summary>Addresses as they are usually written: no zones, no abbreviated IPv4.</summary>
    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && !text.AsSpan().ContainsAnyExcept(AddressCharacters) && IPAddress.TryParse(text, out _)
        && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3);

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
        else if (field != "cardToken" && CardNumbers.Contains(value))
        {
            faults.Add(TransactionFault.Of(field, value, NoCardNumber));
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

using System.Buffers;
using System.Net;

namespace Aegis.Core.Transactions;

/// <summary>The rules of a valid transaction: each limit and alphabet once, with its words in a fault.</summary>
/// <remarks>Texts are checked as characters when a message is read, and as ASCII bytes when they lie in a buffer.</remarks>
public static class TransactionRules
{
    /// <summary>The largest number of characters of an id, token, merchant or device.</summary>
    public const int MaxIdentifierLength = 64;

    /// <summary>The largest amount in minor units: ten thousand million of a two-digit currency.</summary>
    public const long MaxAmountMinor = 1_000_000_000_000;

    /// <summary>The largest merchant category code.</summary>
    public const int MaxMcc = 9999;

    /// <summary>The largest number of degrees north or south.</summary>
    public const double MaxLatitude = 90;

    /// <summary>The largest number of degrees east or west.</summary>
    public const double MaxLongitude = 180;

    /// <summary>The number of digits of <see cref="Transaction.CardBin"/>.</summary>
    public const int CardBinLength = 6;

    /// <summary>The number of digits of <see cref="Transaction.CardLastFour"/>.</summary>
    public const int CardLastFourLength = 4;

    /// <summary>The largest number of characters of an address: an IPv6 address that ends in an IPv4 one.</summary>
    public const int MaxAddressLength = 45;

    /// <summary>Allowed for an id.</summary>
    public const string AllowedId = "1 to 64 of the characters A-Z a-z 0-9 - _ . : ~ @ + = ,";

    /// <summary>Allowed for a token, merchant or device.</summary>
    public const string AllowedIdentifier = "1 to 64 printable ASCII characters";

    /// <summary>Allowed for an id that holds a card number.</summary>
    public const string AllowedIdWithoutCardNumber =
        "an id that does not look like a card number: ids are stored, shown and searched as they come";

    /// <summary>Allowed for an identifier that holds a card number.</summary>
    public const string AllowedWithoutCardNumber = "a value without a card number in it";

    /// <summary>Allowed for a token that is or holds a card number.</summary>
    public const string AllowedToken = "a token; send a card number as 'pan' and it is exchanged for one";

    /// <summary>Allowed for a merchant category code.</summary>
    public const string AllowedMcc = "an ISO 18245 code of four digits, 0000 to 9999";

    /// <summary>Allowed for a country.</summary>
    public const string AllowedCountry = "an ISO 3166-1 code, such as DE, DEU or 276";

    /// <summary>Allowed for a currency.</summary>
    public const string AllowedCurrency = "an ISO 4217 code, such as EUR or USD";

    /// <summary>Allowed for an address.</summary>
    public const string AllowedIpAddress = "an IPv4 or IPv6 address, or nothing";

    /// <summary>Allowed if one coordinate comes without the other.</summary>
    public const string AllowedPlace = "latitude and longitude together, or neither";

    /// <summary>Allowed for the reason of a payment that was not declined.</summary>
    public const string AllowedNoReason = "a reason only beside the authorisation 'declined'";

    /// <summary>Allowed for the amount of a verification.</summary>
    public const string AllowedVerificationAmount = "0 for a verification, which moves no money";

    private const string IdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:~@+=,";
    private static readonly SearchValues<char> IdLetters = SearchValues.Create(IdCharacters);
    private static readonly SearchValues<byte> IdBytes = SearchValues.Create([.. IdCharacters.Select(c => (byte)c)]);
    private static readonly SearchValues<char> AddressLetters = SearchValues.Create("0123456789abcdefABCDEF.:");

    /// <summary>How far an event may lie ahead of the clock that it is checked against.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>The earliest event time. An earlier one is taken for a wrong unit or an empty field.</summary>
    public static readonly DateTimeOffset EarliestEventTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly long EarliestEventMs = EarliestEventTime.ToUnixTimeMilliseconds();
    private static readonly long ToleranceMs = (long)ClockTolerance.TotalMilliseconds;

    /// <summary>Allowed for an amount.</summary>
    public static string AllowedAmount { get; } =
        $"0 to {MaxAmountMinor}, in the currency's minor unit; of a refund too, which its kind tells";

    /// <summary>Allowed for a channel.</summary>
    public static string AllowedChannels { get; } = string.Join(", ", Channels.Names);

    /// <summary>Allowed for a kind.</summary>
    public static string AllowedKinds { get; } = $"{string.Join(", ", PaymentKinds.Names)}, or nothing, which is a purchase";

    /// <summary>Allowed for an authorisation's result.</summary>
    public static string AllowedAuthorisations { get; } = $"{string.Join(", ", Authorisations.Names)}, or nothing";

    /// <summary>Allowed for a decline's reason.</summary>
    public static string AllowedDeclineReasons { get; } = $"{string.Join(", ", Authorisations.ReasonNames)}, or nothing";

    /// <summary>Allowed for an event's time.</summary>
    /// <param name="now">The clock that event times are checked against, UTC.</param>
    public static string AllowedEventTime(DateTimeOffset now) =>
        $"{EarliestEventTime:yyyy-MM-dd} to {now + ClockTolerance:yyyy-MM-ddTHH:mm:ssZ} (ten minutes ahead of the clock)";

    /// <summary>Allowed for a coordinate.</summary>
    /// <param name="limit"><see cref="MaxLatitude"/> or <see cref="MaxLongitude"/>.</param>
    public static string AllowedDegrees(double limit) => $"-{limit} to {limit} degrees, or nothing";

    /// <summary>Allowed for a part of a card number.</summary>
    /// <param name="length"><see cref="CardBinLength"/> or <see cref="CardLastFourLength"/>.</param>
    public static string AllowedDigits(int length) => $"{length} digits, or nothing";

    /// <summary>The fault of an id that an earlier transaction with other content has.</summary>
    public static string TakenId(string id) =>
        $"id is '{id}', which an earlier transaction with other content has; allowed: an id of its own";

    /// <summary>True for an id. Ids stand in URLs, so their alphabet is narrower than that of other identifiers, and
    /// dots alone are not allowed.</summary>
    public static bool IsId(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= MaxIdentifierLength && !text.ContainsAnyExcept(IdLetters) && text.ContainsAnyExcept('.');

    /// <inheritdoc cref="IsId(ReadOnlySpan{char})"/>
    public static bool IsId(ReadOnlySpan<byte> text) =>
        text.Length is >= 1 and <= MaxIdentifierLength && !text.ContainsAnyExcept(IdBytes) && text.ContainsAnyExcept((byte)'.');

    /// <summary>True for a token, merchant or device of valid length and characters.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= MaxIdentifierLength && !text.ContainsAnyExceptInRange(' ', '~');

    /// <inheritdoc cref="IsIdentifier(ReadOnlySpan{char})"/>
    public static bool IsIdentifier(ReadOnlySpan<byte> text) =>
        text.Length is >= 1 and <= MaxIdentifierLength && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~');

    /// <summary>True for this number of digits.</summary>
    public static bool IsDigits(ReadOnlySpan<char> text, int length) => text.Length == length && !text.ContainsAnyExceptInRange('0', '9');

    /// <inheritdoc cref="IsDigits(ReadOnlySpan{char}, int)"/>
    public static bool IsDigits(ReadOnlySpan<byte> text, int length) =>
        text.Length == length && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>True if a text has the length and the characters of an address.</summary>
    public static bool MayBeAddress(ReadOnlySpan<char> text) => text.Length <= MaxAddressLength && !text.ContainsAnyExcept(AddressLetters);

    /// <summary>True for an address as it is usually written, without zones or abbreviated IPv4.</summary>
    public static bool IsAddress(string text) =>
        MayBeAddress(text) && IPAddress.TryParse(text, out _)
        && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3);

    /// <summary>True for an amount in range, in minor units.</summary>
    public static bool IsAmount(long amountMinor) => amountMinor is >= 0 and <= MaxAmountMinor;

    /// <summary>True for a merchant category code.</summary>
    public static bool IsMcc(int mcc) => mcc is >= 0 and <= MaxMcc;

    /// <summary>True for a channel that has a name.</summary>
    public static bool IsChannel(Channel channel) => (int)channel < Channels.Count;

    /// <summary>True for a kind that has a name.</summary>
    public static bool IsKind(PaymentKind kind) => (int)kind < PaymentKinds.Count;

    /// <summary>True for an amount that a kind may have.</summary>
    public static bool IsAmountOf(PaymentKind kind, long amountMinor) => kind != PaymentKind.Verification || amountMinor == 0;

    /// <summary>True for a result and a reason that have names and go together.</summary>
    public static bool IsAuthorisation(Authorisation? authorisation, DeclineReason? reason) =>
        authorisation is null or Authorisation.Approved
            ? reason is null
            : authorisation == Authorisation.Declined && (reason is null || (int)reason < Authorisations.ReasonNames.Length);

    /// <summary>True for degrees within a limit; false for NaN.</summary>
    public static bool IsWithin(double degrees, double limit) => Math.Abs(degrees) <= limit;

    /// <summary>True for an event time that the clock allows.</summary>
    public static bool IsEventTime(DateTimeOffset time, DateTimeOffset now) => time >= EarliestEventTime && time <= now + ClockTolerance;

    /// <summary>True for an event time that the clock allows, in Unix milliseconds.</summary>
    public static bool IsEventTime(long timeMs, long nowMs) => timeMs >= EarliestEventMs && timeMs <= nowMs + ToleranceMs;
}

using System.Text.Json.Serialization;

namespace Aegis.Core.Transactions;

/// <summary>One card payment, as it is logged, decided and stored. Immutable; both domain type and message.</summary>
/// <remarks>It holds a keyed card token and never a card number. It is valid only if <see cref="TransactionValidator"/>
/// finds no fault.</remarks>
public sealed record Transaction
{
    /// <summary>The caller's own id, 1 to 64 of <c>A-Z a-z 0-9 - _ . : ~ @ + = ,</c>. A second message with the same id is a
    /// duplicate.</summary>
    public required string Id { get; init; }

    /// <summary>When the payment happened, UTC, to the millisecond.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>The card's token, 1 to 64 printable ASCII characters; see <see cref="CardTokeniser"/>.</summary>
    public required string CardToken { get; init; }

    /// <summary>The first six digits of the card number, if the edge knew it; otherwise null.</summary>
    public string? CardBin { get; init; }

    /// <summary>The last four digits of the card number, if the edge knew it; otherwise null.</summary>
    public string? CardLastFour { get; init; }

    /// <summary>The amount in the currency's minor unit (4120 EUR cents = 41.20 EUR); zero is valid.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>ISO 4217 alphabetic code.</summary>
    public required string Currency { get; init; }

    /// <summary>The merchant's or terminal's id, 1 to 64 printable ASCII characters.</summary>
    public required string MerchantId { get; init; }

    /// <summary>ISO 18245 merchant category code, 0 to 9999.</summary>
    public required int Mcc { get; init; }

    /// <summary>The country of the payment, ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>How the card was presented.</summary>
    public required Channel Channel { get; init; }

    /// <summary>Degrees north, -90 to 90; null if unknown, and then <see cref="Longitude"/> is null too.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east, -180 to 180; null if unknown.</summary>
    public double? Longitude { get; init; }

    /// <summary>The device's id, at most 64 printable ASCII characters; null if unknown.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The caller's IPv4 or IPv6 address; null if unknown.</summary>
    public string? IpAddress { get; init; }

    /// <summary>What the payment is for.</summary>
    public PaymentKind Kind { get; init; }

    /// <summary>What the terminal or the issuer answered; null if unknown.</summary>
    public Authorisation? Authorisation { get; init; }

    /// <summary>Why the payment was declined; null if it was not, or nobody said.</summary>
    public DeclineReason? DeclineReason { get; init; }

    /// <summary>The merchant's name, for people; see <see cref="MerchantNames"/>. Null if unknown.</summary>
    public string? MerchantName { get; init; }

    /// <summary>The caller's own object as JSON; see <see cref="Transactions.Metadata"/>. Null if there is none.</summary>
    [JsonConverter(typeof(RawJsonConverter))]
    public string? Metadata { get; init; }
}

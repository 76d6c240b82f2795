using System.Text.Json;
using Aegis.Core.Transactions;

namespace Aegis.Client;

/// <summary>A transaction as the API takes it. The service checks it and names every fault.</summary>
public sealed record TransactionRequest
{
    /// <summary>The caller's id, 1 to 64 of A-Z a-z 0-9 - _ . : ~ @ + = , and not dots alone. The same id with the same
    /// content is decided once.</summary>
    public required string Id { get; init; }

    /// <summary>When the card was used, with its offset from UTC.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>The card's token; null if <see cref="Pan"/> is given.</summary>
    public string? CardToken { get; init; }

    /// <summary>The card number, which the service exchanges for a token and does not keep; null if
    /// <see cref="CardToken"/> is given.</summary>
    public string? Pan { get; init; }

    /// <summary>The amount in the currency's minor unit: 4120 is 41.20 EUR.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>ISO 4217 alphabetic code.</summary>
    public required string Currency { get; init; }

    /// <summary>The merchant's or terminal's id.</summary>
    public required string MerchantId { get; init; }

    /// <summary>ISO 18245 merchant category code, four digits.</summary>
    public required string Mcc { get; init; }

    /// <summary>The country of the payment, ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>How the card was presented: chip, contactless, swipe, ecommerce, atm or moto.</summary>
    public required string Channel { get; init; }

    /// <summary>Degrees north; null if unknown.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east; null if unknown.</summary>
    public double? Longitude { get; init; }

    /// <summary>The device's id; null if unknown.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The caller's IPv4 or IPv6 address; null if unknown.</summary>
    public string? IpAddress { get; init; }

    /// <summary>purchase, refund, reversal, withdrawal, transfer or verification; null for a purchase.</summary>
    public string? Kind { get; init; }

    /// <summary>What the terminal or the issuer answered: approved or declined; null if unknown.</summary>
    public string? Authorisation { get; init; }

    /// <summary>Why it was declined, for example wrongPin; null if it was not, or nobody said.</summary>
    public string? DeclineReason { get; init; }

    /// <summary>The merchant's name, for people, up to 128 characters; null if unknown.</summary>
    public string? MerchantName { get; init; }

    /// <summary>An object of your own, at most 2 KB, that is kept and shown and decides nothing; null if there is none.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>The request for a transaction whose card has a token.</summary>
    public static TransactionRequest Of(Transaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return new TransactionRequest
        {
            Id = transaction.Id,
            EventTime = transaction.EventTime,
            CardToken = transaction.CardToken,
            AmountMinor = transaction.AmountMinor,
            Currency = transaction.Currency,
            MerchantId = transaction.MerchantId,
            Mcc = transaction.Mcc.ToString("D4"),
            Country = transaction.Country,
            Channel = transaction.Channel.Name(),
            Latitude = transaction.Latitude,
            Longitude = transaction.Longitude,
            DeviceId = transaction.DeviceId,
            IpAddress = transaction.IpAddress,
            Kind = transaction.Kind == PaymentKind.Purchase ? null : transaction.Kind.Name(),
            Authorisation = transaction.Authorisation?.Name(),
            DeclineReason = transaction.DeclineReason?.Name(),
            MerchantName = transaction.MerchantName,
            Metadata = transaction.Metadata is { } metadata ? JsonElement.Parse(metadata) : null,
        };
    }
}

using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Rules.Lists;

namespace Aegis.Rules.Compiling;

/// <summary>A payment as rules see it.</summary>
public readonly ref struct RuleInput
{
    /// <summary>The feature vector.</summary>
    public required ReadOnlySpan<float> Features { get; init; }

    /// <summary>The models' scores.</summary>
    public required Assessment Assessment { get; init; }

    /// <summary>The outcome by the models alone.</summary>
    public required DecisionOutcome ModelOutcome { get; init; }

    /// <summary>The amount in the reference currency; NaN if its currency has no rate.</summary>
    public required double Amount { get; init; }

    /// <summary>The amount as it was sent.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>Event time, Unix milliseconds.</summary>
    public required long EventTimeMs { get; init; }

    /// <summary>The card's token, in ASCII.</summary>
    public required ReadOnlySpan<byte> CardToken { get; init; }

    /// <summary>The first six digits of the card number; empty if unknown.</summary>
    public required ReadOnlySpan<byte> CardBin { get; init; }

    /// <summary>The merchant's id.</summary>
    public required ReadOnlySpan<byte> MerchantId { get; init; }

    /// <summary>The merchant category code, 0 to 9999.</summary>
    public required int Mcc { get; init; }

    /// <summary>The device's id; empty if unknown.</summary>
    public required ReadOnlySpan<byte> DeviceId { get; init; }

    /// <summary>The caller's address; empty if unknown.</summary>
    public required ReadOnlySpan<byte> IpAddress { get; init; }

    /// <summary>The country's alpha-2 code.</summary>
    public required ReadOnlySpan<byte> Country { get; init; }

    /// <summary>The currency's code.</summary>
    public required ReadOnlySpan<byte> Currency { get; init; }

    /// <summary>How the card was presented.</summary>
    public required Channel Channel { get; init; }

    /// <summary>What the payment is for.</summary>
    public required PaymentKind Kind { get; init; }

    /// <summary>What the terminal or the issuer answered; null if unknown.</summary>
    public required Authorisation? Authorisation { get; init; }

    /// <summary>Why it was declined; null if it was not, or nobody said.</summary>
    public required DeclineReason? DeclineReason { get; init; }

    /// <summary>The lists in force.</summary>
    public required ListBook Lists { get; init; }

    /// <summary>The log's stamp of the payment, Unix milliseconds: entries of lists end by it.</summary>
    public required long StampMs { get; init; }

    /// <summary>The hash of the transaction's id, which decides exactly at a threshold.</summary>
    public required ulong IdHash { get; init; }

    /// <summary>The hash of the card's token, which decides whether the card is in a rule's share.</summary>
    public required ulong CardHash { get; init; }
}

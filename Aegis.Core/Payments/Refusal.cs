using Aegis.Core.Transactions;

namespace Aegis.Core.Payments;

/// <summary>How a payment was refused before it came here.</summary>
public enum Refusal : byte
{
    /// <summary>It was not, as far as is known.</summary>
    None,

    /// <summary>The PIN was wrong.</summary>
    WrongPin,

    /// <summary>For another reason, or an unknown one.</summary>
    Other,
}

/// <summary>Reads refusals from what terminals report.</summary>
public static class Refusals
{
    /// <summary>The refusal that an authorisation's result means.</summary>
    public static Refusal Of(Authorisation? authorisation, DeclineReason? reason) => authorisation != Authorisation.Declined
        ? Refusal.None
        : reason == DeclineReason.WrongPin ? Refusal.WrongPin : Refusal.Other;
}

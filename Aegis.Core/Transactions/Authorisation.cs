namespace Aegis.Core.Transactions;

/// <summary>What the terminal or the issuer answered, as the caller reports it. The numeric values are part of the log format and
/// never change.</summary>
public enum Authorisation : byte
{
    /// <summary>The payment was allowed.</summary>
    Approved = 0,

    /// <summary>The payment was refused: no money moved.</summary>
    Declined = 1,
}

/// <summary>Why a terminal or an issuer refused a payment. The numeric values are part of the log format and never change.</summary>
public enum DeclineReason : byte
{
    /// <summary>A reason without a name here.</summary>
    Other = 0,

    /// <summary>The PIN was wrong.</summary>
    WrongPin = 1,

    /// <summary>The security code on the card was wrong.</summary>
    WrongSecurityCode = 2,

    /// <summary>The account lacks the money.</summary>
    InsufficientFunds = 3,

    /// <summary>A limit of the card was reached.</summary>
    LimitExceeded = 4,

    /// <summary>The card is no longer valid.</summary>
    ExpiredCard = 5,

    /// <summary>The card was reported lost or stolen.</summary>
    LostOrStolen = 6,

    /// <summary>The card is blocked.</summary>
    BlockedCard = 7,

    /// <summary>The refusing side suspected fraud.</summary>
    SuspectedFraud = 8,
}

/// <summary>The names of authorisation results and decline reasons in messages.</summary>
public static class Authorisations
{
    /// <summary>Message names, indexed by <see cref="Authorisation"/>.</summary>
    public static readonly string[] Names = ["approved", "declined"];

    /// <summary>Message names, indexed by <see cref="DeclineReason"/>.</summary>
    public static readonly string[] ReasonNames =
    [
        "other", "wrongPin", "wrongSecurityCode", "insufficientFunds", "limitExceeded", "expiredCard", "lostOrStolen", "blockedCard",
        "suspectedFraud",
    ];

    /// <summary>The message name of a result.</summary>
    public static string Name(this Authorisation authorisation) => Names[(int)authorisation];

    /// <summary>The message name of a reason.</summary>
    public static string Name(this DeclineReason reason) => ReasonNames[(int)reason];
}

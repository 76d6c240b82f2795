namespace Aegis.Core.Transactions;

/// <summary>What a payment is for. The numeric values are part of the log format and never change.</summary>
public enum PaymentKind : byte
{
    /// <summary>Goods or services are paid for.</summary>
    Purchase = 0,

    /// <summary>A merchant gives money back.</summary>
    Refund = 1,

    /// <summary>An earlier payment is undone, as if it had not been.</summary>
    Reversal = 2,

    /// <summary>Cash is taken.</summary>
    Withdrawal = 3,

    /// <summary>Money is sent to a person or an account.</summary>
    Transfer = 4,

    /// <summary>Somebody asks whether the card exists; no money moves.</summary>
    Verification = 5,
}

/// <summary>The names of kinds in messages, and where their money goes.</summary>
public static class PaymentKinds
{
    /// <summary>Message names, indexed by <see cref="PaymentKind"/>.</summary>
    public static readonly string[] Names = ["purchase", "refund", "reversal", "withdrawal", "transfer", "verification"];

    /// <summary>The number of kinds.</summary>
    public const int Count = 6;

    /// <summary>The message name of a kind.</summary>
    public static string Name(this PaymentKind kind) => Names[(int)kind];

    /// <summary>True if the card's owner gets money.</summary>
    public static bool IsCredit(this PaymentKind kind) => kind is PaymentKind.Refund or PaymentKind.Reversal;

    /// <summary>True if the card's owner pays money.</summary>
    public static bool IsDebit(this PaymentKind kind) =>
        kind is PaymentKind.Purchase or PaymentKind.Withdrawal or PaymentKind.Transfer;
}

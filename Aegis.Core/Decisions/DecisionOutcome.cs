namespace Aegis.Core.Decisions;

/// <summary>What to do with a payment.</summary>
public enum DecisionOutcome : byte
{
    /// <summary>Let it pass.</summary>
    Approve = 0,

    /// <summary>Let an analyst review it: the payment is flagged.</summary>
    Review = 1,

    /// <summary>Refuse it: the payment is flagged too.</summary>
    Decline = 2,
}

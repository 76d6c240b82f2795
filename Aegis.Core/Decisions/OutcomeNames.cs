namespace Aegis.Core.Decisions;

/// <summary>The names of outcomes in requests, messages and traces.</summary>
public static class OutcomeNames
{
    /// <summary>approve, review or decline.</summary>
    public static string Name(this DecisionOutcome outcome) => outcome.ToString().ToLowerInvariant();
}

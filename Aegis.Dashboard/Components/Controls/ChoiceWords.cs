using Aegis.Client;

namespace Aegis.Dashboard.Components.Controls;

/// <summary>What the hint about the choice of models says, and when.</summary>
internal static class ChoiceWords
{
    /// <summary>True if enough frauds are confirmed, and twice as many as at the last judgement.</summary>
    public static bool IsWorthJudging(ModelChoiceState state) =>
        state.ConfirmedFrauds >= state.NeededFrauds && state.ConfirmedFrauds >= 2 * state.JudgedFrauds;

    /// <summary>A judgement in two sentences.</summary>
    /// <param name="judgement">The judgement.</param>
    /// <param name="inForce">The choice in force; null if it is not known.</param>
    public static string Of(ModelChoiceJudgement judgement, string? inForce)
    {
        var best = judgement.Candidates[0];
        var sure = $"{judgement.Frauds:N0} confirmed frauds rank highest with choice {best.Choice}: typically among the {best.TypicalShare:P1} most suspicious payments, and best in {best.Confidence:P0} of their resamples.";
        return best.Choice == inForce
            ? $"{sure} It is in force already."
            : judgement.Candidates.FirstOrDefault(candidate => candidate.Choice == inForce) is { } present
                ? $"{sure} With {present.Choice}, which is in force: among {present.TypicalShare:P1}."
                : sure;
    }
}

using Aegis.Core.Decisions;

namespace Aegis.Scoring.Storage;

/// <summary>Reads the thresholds of stored decisions.</summary>
internal static class StoredThresholds
{
    /// <summary>The thresholds in a row's columns from one on: where reviews begin, how wide and how many of those count, then the
    /// same of declines, which have no width.</summary>
    public static DecisionPolicy Of(Statement row, int column) =>
        new(row.Number(column), row.Number(column + 3), new AlertBudget())
        {
            ReviewWidth = row.Number(column + 1), ReviewTies = row.Number(column + 2), DeclineTies = row.Number(column + 4),
        };
}

using System.Runtime.InteropServices;
using Aegis.Core.Decisions;

namespace Aegis.Scoring.Storage;

/// <summary>The scores and the feature vector of a stored decision, which lie one behind the other.</summary>
internal static class StoredScores
{
    /// <summary>The scores.</summary>
    /// <param name="bytes">The column <c>scores</c> of the table of decisions.</param>
    /// <param name="risk">The risk, which has a column of its own.</param>
    /// <param name="external">The score of the model that a user added.</param>
    public static Assessment AssessmentOf(ReadOnlySpan<byte> bytes, double risk, double? external)
    {
        var scores = MemoryMarshal.Cast<byte, double>(bytes[..DecisionWriter.ScoreBytes]);
        return new Assessment(scores[0], scores[1], scores[2], scores[3], scores[4], scores[5], risk, external);
    }

    /// <summary>The feature vector.</summary>
    /// <param name="bytes">The column <c>scores</c> of the table of decisions.</param>
    public static ReadOnlySpan<float> FeaturesOf(ReadOnlySpan<byte> bytes) =>
        MemoryMarshal.Cast<byte, float>(bytes[DecisionWriter.ScoreBytes..]);
}

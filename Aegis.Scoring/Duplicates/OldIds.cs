using System.Text;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Duplicates;

/// <summary>Finds old ids in the store.</summary>
internal sealed class OldIds(DecisionStore decisions, PatientReads reads) : IOldIds
{
    /// <inheritdoc/>
    public FirstUse? Find(ReadOnlySpan<byte> id)
    {
        var text = Encoding.ASCII.GetString(id);
        return reads.Read(() => decisions.Find(text)) is { } decision
            ? new FirstUse(decision.Shard, decision.Position, TransactionKey.Of(decision.Transaction).Content)
            : null;
    }
}

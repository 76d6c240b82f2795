using System.Text;
using Aegis.Core.Transactions;
using Aegis.Scoring.Consumption;

namespace Aegis.Scoring.Storage;

/// <summary>Old ids, as the store knows them.</summary>
internal sealed class OldIds(DecisionStore decisions) : IOldIds
{
    /// <inheritdoc/>
    public FirstUse? Find(ReadOnlySpan<byte> id) =>
        decisions.Find(Encoding.ASCII.GetString(id)) is { } decision
            ? new FirstUse(decision.Shard, decision.Position, TransactionKey.Of(decision.Transaction).Content)
            : null;
}

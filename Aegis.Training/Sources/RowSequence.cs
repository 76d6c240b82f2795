using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Training.Sources;

/// <summary>What a file's rows must be to one another: in time order, give or take a day, and none there twice.</summary>
/// <remarks>
/// The limits are those of live scoring.
/// There a payment more than a day behind is marked late, and an id is known again for a day at least.
/// </remarks>
internal sealed class RowSequence
{
    /// <summary>How far a row may lie behind the newest before it.</summary>
    public static readonly TimeSpan MaxBehind = TimeSpan.FromHours(24);

    // Ids of the running period and of the one before, so that each is remembered for 24 to 48 hours of event time.
    private Dictionary<ulong, long> _ids = [];
    private Dictionary<ulong, long> _earlierIds = [];
    private DateTimeOffset _periodEnd;
    private DateTimeOffset _newest;
    private long _newestLine;

    /// <summary>Null where the row fits behind those before it, which it then belongs to.</summary>
    public TransactionFault? Add(Transaction transaction, long line)
    {
        var time = transaction.EventTime;
        if (_newestLine > 0 && time < _newest - MaxBehind)
        {
            return TransactionFault.Of(
                "eventTime", time.ToString("u"), $"at most 24 hours before {_newest:u} of line {_newestLine}; sort the file by time");
        }

        if (time >= _periodEnd)
        {
            // After a gap of a day or more nothing before it can come again.
            (_earlierIds, _ids) = (time - _periodEnd < MaxBehind ? _ids : [], []);
            _periodEnd = time + MaxBehind;
        }

        var id = StableHash.Hash64(transaction.Id);
        if (_ids.TryGetValue(id, out var first) || _earlierIds.TryGetValue(id, out first))
        {
            return TransactionFault.Of("id", transaction.Id, $"an id that no payment of the day before has; line {first} has it");
        }

        _ids[id] = line;
        if (_newestLine == 0 || time > _newest)
        {
            (_newest, _newestLine) = (time, line);
        }

        return null;
    }
}

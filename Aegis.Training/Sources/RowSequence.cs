using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Training.Sources;

/// <summary>Checks that a file's rows are in time order, give or take a day, and that no row comes twice.</summary>
/// <remarks>
/// The limits are those of live scoring. There a payment more than a day behind is marked late, and an id is remembered
/// for at least a day.
/// </remarks>
internal sealed class RowSequence
{
    /// <summary>How far a row may lie behind the newest row before it.</summary>
    public static readonly TimeSpan MaxBehind = TimeSpan.FromHours(24);

    // The ids of the present period and of the one before, so that each id is remembered for 24 to 48 hours of event time.
    private Dictionary<ulong, long> _ids = [];
    private Dictionary<ulong, long> _earlierIds = [];
    private DateTimeOffset _periodEnd;
    private DateTimeOffset _newest;
    private long _newestLine;

    /// <summary>Adds a row to the sequence. Returns null if the row fits after those before it; otherwise the fault.</summary>
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
            // After a gap of a day or more, no earlier id can come again.
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

namespace Aegis.Core.Ingestions;

/// <summary>Counts the transactions of an ingestion run, and keeps its first faults. One thread.</summary>
/// <param name="format">See <see cref="IngestionRun.Format"/>.</param>
/// <param name="file">See <see cref="IngestionRun.File"/>.</param>
/// <param name="startedAt">When the run began, UTC.</param>
public sealed class IngestionTally(string format, string? file, DateTimeOffset startedAt)
{
    /// <summary>The most faults kept. Later ones are only counted.</summary>
    public const int MaxFaults = 100;

    private const int MaxText = 300;

    // Ids of further transactions are not remembered, so that a file of any size takes bounded memory.
    private const int MaxIds = 5_000_000;

    private readonly HashSet<ulong> _ids = [];
    private readonly List<IngestionFault> _faults = [];
    private long _accepted;
    private long _refused;
    private long _duplicates;
    private long _faultsLeftOut;

    /// <summary>The number of lines or items so far.</summary>
    public long Received => _accepted + _refused + _duplicates;

    /// <summary>Counts a transaction: accepted, or a duplicate if its id came before in this run.</summary>
    /// <param name="idHash">The hash of its id.</param>
    public void Accept(ulong idHash)
    {
        if (_ids.Count < MaxIds ? _ids.Add(idHash) : !_ids.Contains(idHash))
        {
            _accepted++;
        }
        else
        {
            _duplicates++;
        }
    }

    /// <summary>Counts a transaction that came before this run.</summary>
    public void AddDuplicate() => _duplicates++;

    /// <summary>Counts a line or item with faults.</summary>
    /// <param name="line">See <see cref="IngestionFault.Line"/>.</param>
    /// <param name="faults">What is wrong with it.</param>
    public void Refuse(long line, IEnumerable<string> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        _refused++;
        foreach (var fault in faults)
        {
            if (_faults.Count < MaxFaults)
            {
                _faults.Add(new IngestionFault(line, fault.Length <= MaxText ? fault : string.Concat(fault.AsSpan(0, MaxText), "…")));
            }
            else
            {
                _faultsLeftOut++;
            }
        }
    }

    /// <summary>Counts what was accepted as refused: a body with a fault is refused whole.</summary>
    public void RefuseAll() => (_accepted, _duplicates, _refused) = (0, 0, Received);

    /// <summary>The run up to now.</summary>
    /// <param name="endedAt">When it ended, UTC.</param>
    public IngestionRun ToRun(DateTimeOffset endedAt) => new()
    {
        // Ids rise with time, to the millisecond.
        Id = Guid.CreateVersion7(endedAt).ToString("N"),
        Format = format,
        File = file,
        StartedAt = startedAt,
        EndedAt = endedAt,
        Received = Received,
        Accepted = _accepted,
        Refused = _refused,
        Duplicates = _duplicates,
        Faults = [.. _faults],
        FaultsLeftOut = _faultsLeftOut,
    };
}

using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Faults;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Api;

/// <summary>The labels of one request. Each label is accepted or rejected on its own.</summary>
internal sealed class LabelBatch(LabelIntake intake)
{
    private const int AppendAtOnce = 500;

    private readonly List<PaymentLabel> _pending = [];
    private readonly List<RejectedLabel> _rejected = [];
    private int _accepted;
    private int? _stoppedAt;
    private bool _hasCaughtUp;

    /// <summary>Takes one label.</summary>
    /// <param name="item">Its place in the body, from 1.</param>
    /// <param name="json">The label.</param>
    /// <param name="cancel">Ends waiting for the log.</param>
    public async Task AddAsync(int item, JsonElement json, CancellationToken cancel)
    {
        var faults = new List<TransactionFault>();
        var label = intake.Read(json, faults, out var isUnknown);
        if (isUnknown && !_hasCaughtUp)
        {
            // Once a request: it can only be about decisions that were answered before it.
            _hasCaughtUp = true;
            await intake.CatchUpAsync(cancel);
            faults.Clear();
            label = intake.Read(json, faults, out _);
        }

        if (label is null)
        {
            _rejected.Add(new RejectedLabel(item, faults));
            return;
        }

        _pending.Add(label);
        if (_pending.Count == AppendAtOnce)
        {
            await AppendAsync(cancel);
        }
    }

    /// <summary>Rejects an item that cannot be read.</summary>
    public void Reject(int item, TransactionFault fault) => _rejected.Add(new RejectedLabel(item, [fault]));

    /// <summary>False once so many items were rejected or came that the rest is not read.</summary>
    /// <param name="item">The place of the next item, from 1.</param>
    public bool GoesOn(int item)
    {
        if (BodyRules.StopsBefore(_rejected.Count, item))
        {
            _stoppedAt = item;
        }

        return _stoppedAt is null;
    }

    /// <summary>Takes one line of NDJSON.</summary>
    public async Task AddAsync(int item, string line, CancellationToken cancel)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(line);
        }
        catch (JsonException e)
        {
            Reject(item, TransactionFault.Of("$", line, $"a JSON object; {FaultMessage.Of(e)}"));
            return;
        }

        await AddAsync(item, json, cancel);
    }

    /// <summary>Appends the labels that are still pending.</summary>
    /// <returns>The result for all labels of the request.</returns>
    public async Task<AcceptedLabels> FinishAsync(CancellationToken cancel)
    {
        await AppendAsync(cancel);
        return new AcceptedLabels(_accepted, _rejected, _stoppedAt);
    }

    private async Task AppendAsync(CancellationToken cancel)
    {
        await intake.AppendAsync(_pending, cancel);
        _accepted += _pending.Count;
        _pending.Clear();
    }
}

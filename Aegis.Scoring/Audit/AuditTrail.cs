using System.Threading.Channels;
using Aegis.Scoring.Storage;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Audit;

/// <summary>Puts calls into the audit trail. A change is there before its answer is sent. Looks are written together, a moment later,
/// so that reading does not wait for the store's writer.</summary>
internal sealed partial class AuditTrail(AuditStore store, TimeProvider time, ILogger<AuditTrail> logger) : BackgroundService
{
    private const int MaxWaiting = 10_000;
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Channel<AuditedCall> _looks = Channel.CreateBounded<AuditedCall>(MaxWaiting);

    /// <summary>Notes a change.</summary>
    /// <exception cref="SqliteException">The store cannot be written; nothing is noted.</exception>
    public void Changed(AuditedCall call) => store.Append([call]);

    /// <summary>Notes a look. While too many wait, this waits too.</summary>
    public ValueTask LookedAsync(AuditedCall call, CancellationToken cancel) => _looks.Writer.WriteAsync(call, cancel);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _looks.Reader.WaitToReadAsync(stoppingToken))
            {
                Write();
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What came until now is written below.
        }

        while (Write())
        {
        }
    }

    /// <returns>True if there was something to write.</returns>
    private bool Write()
    {
        var calls = new List<AuditedCall>();
        while (calls.Count < MostAtOnce && _looks.Reader.TryPeek(out var call))
        {
            calls.Add(call);
            _looks.Reader.TryRead(out _);
        }

        if (calls.Count == 0)
        {
            return false;
        }

        try
        {
            store.Append(calls);
        }
        catch (SqliteException e)
        {
            LogLost(calls.Count, e.Message);
        }

        return true;
    }

    [LoggerMessage(3141, LogLevel.Error, "{Count} looks at full records could not be put into the audit trail: {Reason}")]
    private partial void LogLost(int count, string reason);
}

using System.Text;
using Aegis.Core.Transactions;
using Aegis.Scoring.Consumption;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Old ids, as the store knows them. Where it cannot be read now, whoever asks waits until it can: a decision depends on the answer. Any thread.</summary>
internal sealed partial class OldIds(DecisionStore decisions, TimeProvider time, ILogger<OldIds> logger) : IOldIds
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Why nothing can be looked up at the moment; null where all is well.</summary>
    public string? Fault { get; private set; }

    /// <inheritdoc/>
    public FirstUse? Find(ReadOnlySpan<byte> id)
    {
        var text = Encoding.ASCII.GetString(id);
        while (true)
        {
            try
            {
                var decision = decisions.Find(text);
                Fault = null;
                return decision is null ? null : new FirstUse(decision.Shard, decision.Position, TransactionKey.Of(decision.Transaction).Content);
            }
            catch (SqliteException e)
            {
                Fault = $"The store refuses to read: {e.Message}";
                LogStoreRefused(e, RetryPause.TotalSeconds);
                Task.Delay(RetryPause, time).GetAwaiter().GetResult();
            }
        }
    }

    [LoggerMessage(2004, LogLevel.Error, "The store refuses to read; trying again in {Seconds} s")]
    private partial void LogStoreRefused(SqliteException exception, double seconds);
}

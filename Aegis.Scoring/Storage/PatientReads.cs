using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Reads that decisions depend on: where the store cannot be read now, whoever asks waits until it can. Any thread.</summary>
internal sealed partial class PatientReads(TimeProvider time, ILogger<PatientReads> logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Why nothing can be looked up at the moment; null where all is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads, as often as it takes.</summary>
    public T Read<T>(Func<T> read)
    {
        while (true)
        {
            try
            {
                var result = read();
                Fault = null;
                return result;
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

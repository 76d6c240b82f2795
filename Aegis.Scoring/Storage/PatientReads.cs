using Aegis.ServiceDefaults;
using Microsoft.Data.Sqlite;
using Polly;

namespace Aegis.Scoring.Storage;

/// <summary>Reads that decisions depend on. If the store cannot be read, the caller waits until it can. Any thread.</summary>
internal sealed partial class PatientReads
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly ResiliencePipeline _retries;

    public PatientReads(TimeProvider time, ILogger<PatientReads> logger) =>
        _retries = Retries.Endless("reads of the store", RetryPause, time, fault => fault is SqliteException, fault =>
    {
        Fault = $"The store refuses to read: {fault.Message}";
        LogStoreRefused(logger, fault, RetryPause.TotalSeconds);
    });

    /// <summary>The reason why nothing can be read at the moment; null if all is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads, and repeats the read until it succeeds.</summary>
    public T Read<T>(Func<T> read)
    {
        var result = _retries.Execute(read);
        Fault = null;
        return result;
    }

    [LoggerMessage(2004, LogLevel.Error, "The store refuses to read; trying again in {Seconds} s")]
    private static partial void LogStoreRefused(ILogger logger, Exception exception, double seconds);
}

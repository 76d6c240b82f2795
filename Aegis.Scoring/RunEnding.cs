namespace Aegis.Scoring;

/// <summary>How a run ended.</summary>
internal sealed class RunEnding(IHostApplicationLifetime lifetime)
{
    /// <summary>The exit code of a run that broke off.</summary>
    public const int Failure = 70;

    /// <summary>The exit code of the process.</summary>
    public int ExitCode { get; set; }

    /// <summary>Asks the process to end.</summary>
    public void Stop() => lifetime.StopApplication();
}

namespace Aegis.Scoring;

/// <summary>How a run ended.</summary>
internal sealed class RunEnding
{
    /// <summary>The exit code of a run that broke off.</summary>
    public const int Failure = 70;

    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; set; }
}

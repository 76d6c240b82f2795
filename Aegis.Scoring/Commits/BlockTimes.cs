namespace Aegis.Scoring.Commits;

/// <summary>The time at which a block passed each stage, Unix microseconds.</summary>
internal readonly record struct BlockTimes(
    long ReadMicroseconds, long ExtractedMicroseconds, long ForestMicroseconds, long AutoencoderMicroseconds, long DecidedMicroseconds);

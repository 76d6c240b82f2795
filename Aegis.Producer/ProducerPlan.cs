namespace Aegis.Producer;

/// <summary>How a producer sends.</summary>
/// <param name="Name">The producer's name; the log keeps its progress under it.</param>
/// <param name="Pace">When each transaction is due.</param>
/// <param name="MaxFrame">The most transactions of a shard that share a log entry when they are due at the same time, 1 or more.</param>
/// <param name="BarrierIntervalMs">Every shard gets a barrier of facts after this much event time, in milliseconds; 0
/// for no barriers.</param>
internal sealed record ProducerPlan(string Name, Pace Pace, int MaxFrame, long BarrierIntervalMs);

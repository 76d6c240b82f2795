namespace Aegis.Producer;

/// <summary>How a producer sends.</summary>
/// <param name="Name">Its name, under which its progress is kept.</param>
/// <param name="Pace">When to send what.</param>
/// <param name="MaxFrame">The most transactions of a shard that share an entry, where they are due at the same time; 1 and more.</param>
/// <param name="BarrierIntervalMs">The interval of event time after which every shard gets a barrier of facts, in milliseconds; 0 for
/// none.</param>
internal sealed record ProducerPlan(string Name, Pace Pace, int MaxFrame, long BarrierIntervalMs);

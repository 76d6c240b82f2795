namespace Aegis.Client;

/// <summary>What the scoring process uses of its machine.</summary>
/// <param name="WorkingSetBytes">Physical memory in use.</param>
/// <param name="HeapBytes">Memory committed for managed objects, in use or free.</param>
/// <param name="StoreBytes">Memory that SQLite holds, mostly page caches.</param>
/// <param name="AllocatedBytes">Managed memory allocated since the start, freed or not.</param>
/// <param name="ProcessorSeconds">Processor time used.</param>
/// <param name="GarbageCollections">The number of collections of each generation.</param>
public sealed record ProcessReport(
    long WorkingSetBytes, long HeapBytes, long StoreBytes, long AllocatedBytes, double ProcessorSeconds,
    IReadOnlyList<int> GarbageCollections);

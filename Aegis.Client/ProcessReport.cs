namespace Aegis.Client;

/// <summary>What the scoring process takes of its machine.</summary>
/// <param name="WorkingSetBytes">Physical memory in use.</param>
/// <param name="HeapBytes">Of that, memory committed for managed objects, in use or free.</param>
/// <param name="StoreBytes">Memory that SQLite holds: page caches above all.</param>
/// <param name="AllocatedBytes">Managed memory allocated since the start, freed or not.</param>
/// <param name="ProcessorSeconds">Processor time used.</param>
/// <param name="GarbageCollections">Collections of each generation.</param>
public sealed record ProcessReport(
    long WorkingSetBytes, long HeapBytes, long StoreBytes, long AllocatedBytes, double ProcessorSeconds,
    IReadOnlyList<int> GarbageCollections);

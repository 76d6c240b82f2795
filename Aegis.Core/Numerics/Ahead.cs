using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Aegis.Core.Numerics;

/// <summary>Fetches memory that will be needed soon.</summary>
internal static class Ahead
{
    private const int CacheLine = 64;

    /// <summary>Asks the processor to fetch a struct into its caches. All its lines come at the same time, while other
    /// work goes on. Does nothing on processors without such an instruction.</summary>
    public static unsafe void Prefetch<T>(ref T item)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            // Only a hint: an address that the collector has moved meanwhile does no harm.
            var start = (byte*)Unsafe.AsPointer(ref item);
            for (var offset = 0; offset < sizeof(T); offset += CacheLine)
            {
                Sse.Prefetch0(start + offset);
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Aegis.MachineLearning.Forests.Kernels;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.MachineLearning.Forests.Sweep;

/// <summary>Scores blocks of 64 rows by evaluating every split of every tree: 32 rows a vector, one comparison of bytes
/// and one choice for each split. No branch and no load depends on a row.</summary>
/// <remarks>
/// Each row ends at the leaf that a walk would reach. Sums are taken in the order of the trees, in double precision, so
/// the bits are those of <see cref="TreeKernel"/>. <see cref="SweptForest"/> proves what is not checked here.
/// </remarks>
internal static class SweepKernel
{
    /// <summary>Fewer rows than this cost less by walking.</summary>
    public const int MinRows = 48;

    private const int BlockRows = SweptForest.BlockRows;
    private const int HalfBlock = BlockRows / 2;

    /// <summary>Sums leaves over all trees for rows in whole, or nearly whole, blocks.</summary>
    /// <param name="forest">The trees.</param>
    /// <param name="rows">Row after row.</param>
    /// <param name="columns">Inputs per row, at least the forest's.</param>
    /// <param name="sums">Receives one sum for each row taken.</param>
    /// <returns>The number of rows taken, from the first on.</returns>
    public static int SumLeaves(SweptForest forest, ReadOnlySpan<float> rows, int columns, Span<double> sums)
    {
        if (sums.Length < MinRows)
        {
            return 0;
        }

        var scratch = new Scratch(
            stackalloc ushort[forest.Columns * BlockRows],
            Aligned(stackalloc sbyte[(2 * forest.Columns * BlockRows) + BlockRows]),
            Aligned(stackalloc byte[((forest.FirstLeafSlot + forest.LeafSlots) * BlockRows) + BlockRows]),
            stackalloc double[BlockRows]);
        for (var value = 0; value < forest.LeafSlots; value++)
        {
            scratch.Slots.Slice((forest.FirstLeafSlot + value) * BlockRows, BlockRows).Fill((byte)value);
        }

        var row = 0;
        while (sums.Length - row >= MinRows)
        {
            var count = Math.Min(BlockRows, sums.Length - row);
            SumBlock(forest, rows.Slice(row * columns, count * columns), columns, count, scratch);
            scratch.Sums[..count].CopyTo(sums[row..]);
            row += count;
        }

        return row;
    }

    /// <summary>The bytes from the next cache line on, so that no vector lies in two lines. The memory is on the stack
    /// and does not move.</summary>
    private static unsafe Span<T> Aligned<T>(Span<T> bytes)
        where T : unmanaged
    {
        const int Line = 64;
        var past = (int)((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)) % Line);
        return bytes.Slice((Line - past) % Line, bytes.Length - Line);
    }

    private static void SumBlock(SweptForest forest, ReadOnlySpan<float> rows, int columns, int count, Scratch scratch)
    {
        var missing = forest.Ranks.Set(rows, columns, count, scratch.Ranks);
        scratch.Sums.Clear();
        foreach (var group in forest.Groups)
        {
            SetKeys(group, scratch.Ranks, scratch.Keys);
            if (missing != 0)
            {
                SetMissing(rows, columns, missing, scratch.Keys);
            }

            foreach (ref readonly var tree in forest.Trees.AsSpan(group.FirstTree, group.Trees))
            {
                AddTree(forest, tree, ref MemoryMarshal.GetReference(scratch.Keys), ref MemoryMarshal.GetReference(scratch.Slots),
                    ref MemoryMarshal.GetReference(scratch.Sums));
            }
        }
    }

    /// <summary>Sets two rows of keys for each column. They differ if a value is missing: by the first it goes right,
    /// by the second left.</summary>
    private static void SetKeys(SweptForest.Group group, ReadOnlySpan<ushort> ranks, Span<sbyte> keys)
    {
        for (var column = 0; column < group.Maps.Length; column++)
        {
            ref var map = ref MemoryMarshal.GetArrayDataReference(group.Maps[column]);
            ref var rank = ref Unsafe.Add(ref MemoryMarshal.GetReference(ranks), column * BlockRows);
            var own = keys.Slice(2 * column * BlockRows, 2 * BlockRows);
            for (var row = 0; row < BlockRows; row++)
            {
                own[row] = Unsafe.Add(ref map, Unsafe.Add(ref rank, row));
            }

            own[..BlockRows].CopyTo(own[BlockRows..]);
        }
    }

    private static void SetMissing(ReadOnlySpan<float> rows, int columns, ulong missing, Span<sbyte> keys)
    {
        for (; missing != 0; missing &= missing - 1)
        {
            var row = BitOperations.TrailingZeroCount(missing);
            for (var column = 0; column * 2 * BlockRows < keys.Length; column++)
            {
                if (float.IsNaN(rows[(row * columns) + column]))
                {
                    keys[(2 * column * BlockRows) + row] = sbyte.MaxValue;
                    keys[(((2 * column) + 1) * BlockRows) + row] = sbyte.MinValue;
                }
            }
        }
    }

    private static void AddTree(SweptForest forest, SweptForest.Tree tree, ref sbyte keys, ref byte slots, ref double sums)
    {
        ref var split = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(forest.Splits), tree.FirstSplit);
        ref var slot = ref slots;
        // In a tree without a split, all rows have the first leaf value.
        ref var ends = ref Unsafe.Add(ref slots, forest.FirstLeafSlot * BlockRows);
        for (var left = tree.Splits; left > 0; left--)
        {
            ends = ref slot;
            Choose(split, ref keys, ref slots, ref slot);
            slot = ref Unsafe.Add(ref slot, BlockRows);
            split = ref Unsafe.Add(ref split, 1);
        }

        ref var values = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(forest.Values), tree.FirstValue);
        for (var row = 0; row < BlockRows; row += 4)
        {
            Unsafe.Add(ref sums, row) += Unsafe.Add(ref values, (nint)Unsafe.Add(ref ends, row));
            Unsafe.Add(ref sums, row + 1) += Unsafe.Add(ref values, (nint)Unsafe.Add(ref ends, row + 1));
            Unsafe.Add(ref sums, row + 2) += Unsafe.Add(ref values, (nint)Unsafe.Add(ref ends, row + 2));
            Unsafe.Add(ref sums, row + 3) += Unsafe.Add(ref values, (nint)Unsafe.Add(ref ends, row + 3));
        }
    }

    /// <summary>Gives each row the result of the child that it goes to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Choose(in SweptForest.Split split, ref sbyte keys, ref byte slots, ref byte slot)
    {
        var threshold = Vector256.Create(split.Key);
        ref var key = ref Unsafe.Add(ref keys, split.Keys);
        ref var left = ref Unsafe.Add(ref slots, split.Left);
        ref var right = ref Unsafe.Add(ref slots, split.Right);
        var isRight = Vector256.GreaterThan(Vector256.LoadUnsafe(ref key), threshold).AsByte();
        var isRightBehind = Vector256.GreaterThan(Vector256.LoadUnsafe(ref key, HalfBlock), threshold).AsByte();
        Vector256.ConditionalSelect(isRight, Vector256.LoadUnsafe(ref right), Vector256.LoadUnsafe(ref left)).StoreUnsafe(ref slot);
        Vector256.ConditionalSelect(isRightBehind, Vector256.LoadUnsafe(ref right, HalfBlock), Vector256.LoadUnsafe(ref left, HalfBlock))
            .StoreUnsafe(ref slot, HalfBlock);
    }

    /// <summary>The working memory of one call.</summary>
    /// <param name="ranks">64 ranks for each column.</param>
    /// <param name="keys">Twice 64 keys for each column.</param>
    /// <param name="slots">64 bytes for each slot.</param>
    /// <param name="sums">64 sums.</param>
    private readonly ref struct Scratch(Span<ushort> ranks, Span<sbyte> keys, Span<byte> slots, Span<double> sums)
    {
        public Span<ushort> Ranks { get; } = ranks;

        public Span<sbyte> Keys { get; } = keys;

        public Span<byte> Slots { get; } = slots;

        public Span<double> Sums { get; } = sums;
    }
}

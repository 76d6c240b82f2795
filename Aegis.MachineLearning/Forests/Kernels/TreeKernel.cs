using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.MachineLearning.Forests.Kernels;

/// <summary>Walks packed trees: 8 rows down one tree, or one row down 8 trees, so that the loads of 8 walks overlap.</summary>
/// <remarks>
/// Every walk compares the same integers. Every sum adds the same leaves in the order of the trees, in double
/// precision. So a row's sum has the same bits with any other rows beside it. docs/benchmarks/decisions.md, "Tree
/// kernel", tells what else was measured.
/// </remarks>
internal static class TreeKernel
{
    /// <summary>The number of parallel walks.</summary>
    public const int Lanes = 8;

    private const int MaxStackBlock = 4_096;
    private const int MaxBlockRows = 128;

    /// <summary>Fewer rows than this cost less one by one than as a block.</summary>
    private const int MinRowsOfBlock = 4;

    /// <summary>Sums each row's leaves over all trees: path lengths, or any other floats.</summary>
    /// <param name="forest">The trees.</param>
    /// <param name="rows">Row after row.</param>
    /// <param name="columns">Inputs per row, at least the forest's.</param>
    /// <param name="sums">Receives one sum for each row.</param>
    public static void SumLeaves(PackedForest forest, ReadOnlySpan<float> rows, int columns, Span<double> sums)
    {
        var blockLength = forest.BlockLength;
        var blockRows = Math.Clamp(MaxStackBlock / blockLength * Lanes, Lanes, MaxBlockRows);
        Span<int> keys = stackalloc int[Math.Max(Math.Min(blockRows, (sums.Length + Lanes - 1) / Lanes * Lanes) / Lanes, 1) * blockLength];
        Span<double> blockSums = stackalloc double[blockRows];
        var row = 0;
        while (sums.Length - row >= MinRowsOfBlock)
        {
            var count = Math.Min(blockRows, sums.Length - row);
            // A short rest is left to the single walk, which is quicker than a nearly empty block.
            count -= count % Lanes < MinRowsOfBlock ? count % Lanes : 0;
            SumBlocks(forest, rows.Slice(row * columns, count * columns), columns, keys, blockSums);
            blockSums[..count].CopyTo(sums[row..]);
            row += count;
        }

        for (; row < sums.Length; row++)
        {
            SetKeysOfOne(forest, rows.Slice(row * columns, columns), keys);
            sums[row] = SumOfOne(forest, keys);
        }
    }

    /// <summary>Sets a row's keys in a block's first lane, and the column that is always lowest.</summary>
    private static void SetKeysOfOne(PackedForest forest, ReadOnlySpan<float> row, Span<int> keys)
    {
        for (var column = 0; column < forest.Columns; column++)
        {
            var key = PackedForest.KeyOf(row[column]);
            var isMissing = float.IsNaN(row[column]);
            keys[column * PackedForest.KeysPerColumn] = isMissing ? int.MaxValue : key;
            keys[(column * PackedForest.KeysPerColumn) + Lanes] = isMissing ? int.MinValue : key;
        }

        keys[forest.LowestColumn] = int.MinValue;
    }

    /// <summary>Transposes 8 rows' keys into a block, and sets the column that is always lowest.</summary>
    /// <param name="forest">The trees.</param>
    /// <param name="rows">Row after row, 1 to 8 of them. Lanes without a row walk with the last one.</param>
    /// <param name="columns">Inputs for each row.</param>
    /// <param name="keys">The block.</param>
    private static void SetKeys(PackedForest forest, ReadOnlySpan<float> rows, int columns, Span<int> keys)
    {
        var last = (rows.Length / columns) - 1;
        int At(int lane) => Math.Min(lane, last) * columns;
        ref var a = ref Unsafe.AsRef(in rows[At(0)]);
        ref var b = ref Unsafe.AsRef(in rows[At(1)]);
        ref var c = ref Unsafe.AsRef(in rows[At(2)]);
        ref var d = ref Unsafe.AsRef(in rows[At(3)]);
        ref var e = ref Unsafe.AsRef(in rows[At(4)]);
        ref var f = ref Unsafe.AsRef(in rows[At(5)]);
        ref var g = ref Unsafe.AsRef(in rows[At(6)]);
        ref var h = ref Unsafe.AsRef(in rows[At(7)]);
        for (var i = 0; i < forest.Columns; i++)
        {
            var inputs = Vector256.Create(
                Unsafe.Add(ref a, i), Unsafe.Add(ref b, i), Unsafe.Add(ref c, i), Unsafe.Add(ref d, i),
                Unsafe.Add(ref e, i), Unsafe.Add(ref f, i), Unsafe.Add(ref g, i), Unsafe.Add(ref h, i));
            // The same as PackedForest.KeyOf.
            var bits = (inputs + Vector256<float>.Zero).AsInt32();
            var key = bits ^ ((bits >> 31) & Vector256.Create(int.MaxValue));
            var isNumber = Vector256.Equals(inputs, inputs).AsInt32();
            var at = keys.Slice(i * PackedForest.KeysPerColumn, PackedForest.KeysPerColumn);
            Vector256.ConditionalSelect(isNumber, key, Vector256.Create(int.MaxValue)).CopyTo(at);
            Vector256.ConditionalSelect(isNumber, key, Vector256.Create(int.MinValue)).CopyTo(at[Lanes..]);
        }

        keys.Slice(forest.LowestColumn, Lanes).Fill(int.MinValue);
    }

    private static void SumBlocks(PackedForest forest, ReadOnlySpan<float> rows, int columns, Span<int> keys, Span<double> sums)
    {
        var rowCount = rows.Length / columns;
        var blocks = (rowCount + Lanes - 1) / Lanes;
        var blockLength = forest.BlockLength;
        for (var block = 0; block < blocks; block++)
        {
            var first = block * Lanes;
            SetKeys(forest, rows.Slice(first * columns, Math.Min(Lanes, rowCount - first) * columns), columns, keys.Slice(
                block * blockLength, blockLength));
        }

        sums.Clear();
        for (var tree = 0; tree < forest.Trees.Length; tree++)
        {
            ref var block = ref MemoryMarshal.GetReference(keys);
            ref var sum = ref MemoryMarshal.GetReference(sums);
            for (var i = 0; i < blocks; i++)
            {
                AddTree(forest, tree, ref block, ref sum);
                block = ref Unsafe.Add(ref block, blockLength);
                sum = ref Unsafe.Add(ref sum, Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTree(PackedForest forest, int tree, ref int keys, ref double sums)
    {
        var (start, steps) = forest.Trees[tree];
        ref var nodes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(forest.Nodes), start);
        var ends = EndsOfTop(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(forest.Tops), tree * PackedForest.TopSplits), ref keys);
        nint a = ends[0], b = ends[1], c = ends[2], d = ends[3], e = ends[4], f = ends[5], g = ends[6], h = ends[7];
        for (; steps > 0; steps--)
        {
            a = Step(ref nodes, a, ref keys, 0);
            b = Step(ref nodes, b, ref keys, 1);
            c = Step(ref nodes, c, ref keys, 2);
            d = Step(ref nodes, d, ref keys, 3);
            e = Step(ref nodes, e, ref keys, 4);
            f = Step(ref nodes, f, ref keys, 5);
            g = Step(ref nodes, g, ref keys, 6);
            h = Step(ref nodes, h, ref keys, 7);
        }

        sums += Unsafe.Add(ref nodes, a).Value;
        Unsafe.Add(ref sums, 1) += Unsafe.Add(ref nodes, b).Value;
        Unsafe.Add(ref sums, 2) += Unsafe.Add(ref nodes, c).Value;
        Unsafe.Add(ref sums, 3) += Unsafe.Add(ref nodes, d).Value;
        Unsafe.Add(ref sums, 4) += Unsafe.Add(ref nodes, e).Value;
        Unsafe.Add(ref sums, 5) += Unsafe.Add(ref nodes, f).Value;
        Unsafe.Add(ref sums, 6) += Unsafe.Add(ref nodes, g).Value;
        Unsafe.Add(ref sums, 7) += Unsafe.Add(ref nodes, h).Value;
    }

    private static double SumOfOne(PackedForest forest, ReadOnlySpan<int> row)
    {
        ref var keys = ref MemoryMarshal.GetReference(row);
        var sum = 0.0;
        var tree = 0;
        for (; tree + Lanes <= forest.Trees.Length; tree += Lanes)
        {
            sum = AddTrees(forest, tree, ref keys, sum);
        }

        for (; tree < forest.Trees.Length; tree++)
        {
            var (start, steps) = forest.Trees[tree];
            ref var nodes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(forest.Nodes), start);
            var node = EndOfTop(forest, tree, ref keys);
            for (; steps > 0; steps--)
            {
                node = Step(ref nodes, node, ref keys, 0);
            }

            sum += Unsafe.Add(ref nodes, node).Value;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double AddTrees(PackedForest forest, int tree, ref int keys, double sum)
    {
        var trees = forest.Trees.AsSpan(tree, Lanes);
        ref var nodes = ref MemoryMarshal.GetArrayDataReference(forest.Nodes);
        ref var n0 = ref Unsafe.Add(ref nodes, trees[0].Start);
        ref var n1 = ref Unsafe.Add(ref nodes, trees[1].Start);
        ref var n2 = ref Unsafe.Add(ref nodes, trees[2].Start);
        ref var n3 = ref Unsafe.Add(ref nodes, trees[3].Start);
        ref var n4 = ref Unsafe.Add(ref nodes, trees[4].Start);
        ref var n5 = ref Unsafe.Add(ref nodes, trees[5].Start);
        ref var n6 = ref Unsafe.Add(ref nodes, trees[6].Start);
        ref var n7 = ref Unsafe.Add(ref nodes, trees[7].Start);
        nint a = EndOfTop(forest, tree, ref keys), b = EndOfTop(forest, tree + 1, ref keys);
        nint c = EndOfTop(forest, tree + 2, ref keys), d = EndOfTop(forest, tree + 3, ref keys);
        nint e = EndOfTop(forest, tree + 4, ref keys), f = EndOfTop(forest, tree + 5, ref keys);
        nint g = EndOfTop(forest, tree + 6, ref keys), h = EndOfTop(forest, tree + 7, ref keys);
        for (var steps = DeepestOf(trees); steps > 0; steps--)
        {
            a = Step(ref n0, a, ref keys, 0);
            b = Step(ref n1, b, ref keys, 0);
            c = Step(ref n2, c, ref keys, 0);
            d = Step(ref n3, d, ref keys, 0);
            e = Step(ref n4, e, ref keys, 0);
            f = Step(ref n5, f, ref keys, 0);
            g = Step(ref n6, g, ref keys, 0);
            h = Step(ref n7, h, ref keys, 0);
        }

        sum += Unsafe.Add(ref n0, a).Value;
        sum += Unsafe.Add(ref n1, b).Value;
        sum += Unsafe.Add(ref n2, c).Value;
        sum += Unsafe.Add(ref n3, d).Value;
        sum += Unsafe.Add(ref n4, e).Value;
        sum += Unsafe.Add(ref n5, f).Value;
        sum += Unsafe.Add(ref n6, g).Value;
        return sum + Unsafe.Add(ref n7, h).Value;
    }

    private static int DeepestOf(ReadOnlySpan<PackedForest.Tree> trees)
    {
        var deepest = 0;
        foreach (var tree in trees)
        {
            deepest = Math.Max(deepest, tree.Steps);
        }

        return deepest;
    }

    /// <summary>The child that a row goes to, without a branch: the left one, or the next if the row's key is not below
    /// the node's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Step(ref PackedForest.Node nodes, nint node, ref int keys, int lane)
    {
        ref readonly var at = ref Unsafe.Add(ref nodes, node);
        return at.Left + (nint)Unsafe.BitCast<bool, byte>(Unsafe.Add(ref keys, (nint)at.Column + lane) >= at.Key);
    }

    /// <summary>The end of a tree's top that one row reaches: the scalar twin of <see cref="EndsOfTop"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint EndOfTop(PackedForest forest, int tree, ref int keys)
    {
        ref var tops = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(forest.Tops), tree * PackedForest.TopSplits);
        nint at = 0;
        for (var level = 0; level < PackedForest.TopLevels; level++)
        {
            var split = Unsafe.Add(ref tops, at);
            at = (2 * at) + 1 + Unsafe.BitCast<bool, byte>(Unsafe.Add(ref keys, split.Column) >= split.Key);
        }

        return at - PackedForest.TopSplits;
    }

    /// <summary>The ends of a tree's top that 8 rows reach: makes all 15 comparisons, then selects each row's four of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> EndsOfTop(ref PackedForest.TopSplit tops, ref int keys)
    {
        // A comparison gives -1 to rows that go left, so 15 + 8a + 4b + 2c + d counts the ends passed over.
        var a = IsLeft(ref tops, 0, ref keys);
        var b = Vector256.ConditionalSelect(a, IsLeft(ref tops, 1, ref keys), IsLeft(ref tops, 2, ref keys));
        var c = Select(a, b, ref tops, 3, 1, ref keys);
        var d = Vector256.ConditionalSelect(c, Select(a, b, ref tops, 7, 2, ref keys), Select(a, b, ref tops, 8, 2, ref keys));
        var ends = a + a + b;
        ends = ends + ends + c;
        return Vector256.Create(PackedForest.TopSplits) + ends + ends + d;
    }

    /// <summary>Compares four splits, <paramref name="stride"/> apart, and selects the one under the choices a and b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Select(
        Vector256<int> a, Vector256<int> b, ref PackedForest.TopSplit tops, int first, int stride, ref int keys) =>
        Vector256.ConditionalSelect(
            a,
            Vector256.ConditionalSelect(b, IsLeft(ref tops, first, ref keys), IsLeft(ref tops, first + stride, ref keys)),
            Vector256.ConditionalSelect(
                b, IsLeft(ref tops, first + (2 * stride), ref keys), IsLeft(ref tops, first + (3 * stride), ref keys)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> IsLeft(ref PackedForest.TopSplit tops, int split, ref int keys)
    {
        ref readonly var top = ref Unsafe.Add(ref tops, split);
        return Vector256.LessThan(Vector256.LoadUnsafe(ref Unsafe.Add(ref keys, top.Column)), Vector256.Create(top.Key));
    }
}

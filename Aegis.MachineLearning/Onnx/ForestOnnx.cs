using Aegis.MachineLearning.Forests;

namespace Aegis.MachineLearning.Onnx;

/// <summary>Writes an isolation forest as an ONNX model with the operator <c>TreeEnsembleRegressor</c>.</summary>
/// <remarks>
/// <c>inputs</c> is a matrix of encoded rows, <c>score</c> their anomaly scores in one column. A leaf holds -h(x)/Σc(ψ), the trees are summed,
/// and <c>Pow</c> raises 2 to the sum. The runtime adds in 32-bit floats: scores agree with those of Aegis to about 1e-6.
/// </remarks>
public static class ForestOnnx
{
    /// <summary>The bytes of an .onnx file.</summary>
    /// <param name="forest">A forest whose splits are on one column.</param>
    /// <param name="columns">Inputs per row, at least those that the forest tests.</param>
    /// <exception cref="ArgumentException">The forest is extended, or rows would be too short for it.</exception>
    public static byte[] Write(IsolationForest forest, int columns)
    {
        ArgumentNullException.ThrowIfNull(forest);
        if (forest.ColumnsPerSplit != 1)
        {
            throw new ArgumentException($"The forest's splits weigh {forest.ColumnsPerSplit} columns; allowed: 1, for ONNX trees test one at a time.", nameof(forest));
        }

        if (columns < forest.Columns || columns < 1)
        {
            throw new ArgumentException($"columns is '{columns}'; allowed: {Math.Max(forest.Columns, 1)} or more, which the forest tests.", nameof(columns));
        }

        var model = new OnnxModel("isolation forest");
        model.Input("inputs", columns);
        model.Node("TreeEnsembleRegressor", ["inputs"], "exponent", OnnxModel.MachineLearning, new Ensemble(forest).ToAttributes());
        model.Constant("base", [2]);
        model.Node("Pow", ["base", "exponent"], "score");
        model.Output("score", 1);
        return model.ToBytes();
    }

    /// <summary>The parallel lists that the operator wants: an entry per node, and one per leaf.</summary>
    private sealed class Ensemble
    {
        private readonly List<long> _trees = [];
        private readonly List<long> _ids = [];
        private readonly List<long> _features = [];
        private readonly List<string> _modes = [];
        private readonly List<float> _thresholds = [];
        private readonly List<long> _lefts = [];
        private readonly List<long> _rights = [];
        private readonly List<long> _missingLeft = [];
        private readonly List<long> _leafTrees = [];
        private readonly List<long> _leaves = [];
        private readonly List<float> _weights = [];

        public Ensemble(IsolationForest forest)
        {
            for (var tree = 0; tree < forest.Roots.Length; tree++)
            {
                AddTree(forest, tree);
            }
        }

        public OnnxAttribute[] ToAttributes() =>
        [
            OnnxAttribute.Int("n_targets", 1),
            OnnxAttribute.Text("aggregate_function", "SUM"),
            OnnxAttribute.Ints("nodes_treeids", [.. _trees]),
            OnnxAttribute.Ints("nodes_nodeids", [.. _ids]),
            OnnxAttribute.Ints("nodes_featureids", [.. _features]),
            OnnxAttribute.Texts("nodes_modes", [.. _modes]),
            OnnxAttribute.Floats("nodes_values", [.. _thresholds]),
            OnnxAttribute.Ints("nodes_truenodeids", [.. _lefts]),
            OnnxAttribute.Ints("nodes_falsenodeids", [.. _rights]),
            OnnxAttribute.Ints("nodes_missing_value_tracks_true", [.. _missingLeft]),
            OnnxAttribute.Ints("target_treeids", [.. _leafTrees]),
            OnnxAttribute.Ints("target_nodeids", [.. _leaves]),
            OnnxAttribute.Ints("target_ids", new long[_leaves.Count]),
            OnnxAttribute.Floats("target_weights", [.. _weights]),
        ];

        private void AddTree(IsolationForest forest, int tree)
        {
            var root = forest.Roots[tree];
            var pending = new Stack<int>([root]);
            while (pending.TryPop(out var index))
            {
                var node = forest.Nodes[index];
                if (node.Feature < 0)
                {
                    Add("LEAF", tree, index - root, feature: 0, threshold: 0, left: 0, right: 0, MissingSide.Right);
                    _leafTrees.Add(tree);
                    _leaves.Add(index - root);
                    _weights.Add((float)(-node.PathLength / forest.PathNormaliser));
                    continue;
                }

                Add("BRANCH_LT", tree, index - root, node.Feature, node.Threshold, node.Left - root, node.Left + 1 - root, node.Missing);
                pending.Push(node.Left + 1);
                pending.Push(node.Left);
            }
        }

        private void Add(string mode, int tree, int id, int feature, float threshold, int left, int right, MissingSide missing)
        {
            _modes.Add(mode);
            _trees.Add(tree);
            _ids.Add(id);
            _features.Add(feature);
            _thresholds.Add(threshold);
            _lefts.Add(left);
            _rights.Add(right);
            _missingLeft.Add(missing == MissingSide.Left ? 1 : 0);
        }
    }
}

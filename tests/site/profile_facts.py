"""What the profile site has to say, written down a second time and apart from ``refs.bib`` and the pages.

Nothing here is computed from them, so that a slip in one place shows against the other. Every figure and
address stands as a visitor would see it.
"""

# ruff: noqa: E501 - an address is not broken, and one fact on one line is easier to compare

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Paper:
    """One publication; ``words`` are figures, awards and remarks that its entry shows."""

    title: str
    authors: str
    venue: str
    year: int
    short: str = ""
    words: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A dated entry of a page; ``when`` is its date in words, empty where none is known."""

    when: str
    words: tuple[str, ...]
    links: tuple[str, ...] = ()
    cites: tuple[str, ...] = field(default=())
    """Titles of the papers that the entry leads to."""


PAPERS = (
    Paper(
        "NASRec: Weight Sharing Neural Architecture Search for Recommender Systems",
        "Tunhou Zhang, Dehua Cheng, Yuchen He, Zhengxing Chen, Xiaoliang Dai, Liang Xiong, Feng Yan, Hai Li, Yiran Chen, Wei Wen",
        "International World Wide Web Conference",
        2023,
        "WWW",
        ("Accepted 365 of 1900 = 19.2%", "†", "Corresponding author", "Intern Manager"),
        ("https://arxiv.org/abs/2207.07187",),
    ),
    Paper(
        "Neural Predictor for Neural Architecture Search",
        "Wei Wen, Hanxiao Liu, Hai Li, Yiran Chen, Gabriel Bender, Pieter-Jan Kindermans",
        "European Conference on Computer Vision",
        2020,
        "ECCV",
        ("Video", "Slides", "Paper", "Supplementary"),
        (
            "https://www.youtube.com/watch?v=Pxy3mQ0Hz8M",
            "http://www.pittnuts.com/wp-content/uploads/2020/07/long-talk-10-min.pdf",
            "http://www.ecva.net/papers/eccv_2020/papers_ECCV/papers/123740647.pdf",
            "http://www.pittnuts.com/wp-content/uploads/2020/08/6926-supp.pdf",
        ),
    ),
    Paper(
        "AutoGrow: Automatic Layer Growing in Deep Convolutional Networks",
        "Wei Wen, Feng Yan, Yiran Chen, Hai Li",
        "SIGKDD Conference on Knowledge Discovery and Data Mining",
        2020,
        "KDD",
        ("Accepted 216 of 1279 = 16.8%", "Video", "Slides", "Paper", "Code"),
        (
            "https://www.youtube.com/watch?v=qVfiDmXSPAg",
            "http://www.pittnuts.com/wp-content/uploads/2020/06/autogrow-kdd2020.pdf",
            "https://arxiv.org/pdf/1906.02909.pdf",
            "https://github.com/wenwei202/autogrow",
        ),
    ),
    Paper(
        "DeepHoyer: Learning Sparser Neural Network with Differentiable Scale-Invariant Sparsity Measures",
        "Huanrui Yang, Wei Wen, Hai Li",
        "International Conference on Learning Representations",
        2020,
        "ICLR",
        ("Paper",),
        ("https://openreview.net/forum?id=rylBK34FDS",),
    ),
    Paper(
        "Trained Rank Pruning for Efficient Deep Neural Networks",
        "Yuhui Xu, Yuxi Li, Shuai Zhang, Wei Wen, Botao Wang, Yingyong Qi, Yiran Chen, Weiyao Lin, Hongkai Xiong",
        "International Joint Conference on Artificial Intelligence",
        2020,
        "IJCAI",
        (),
        ("https://arxiv.org/abs/1812.02402",),
    ),
    Paper(
        "Feature Space Perturbations Yield More Transferable Adversarial Examples",
        "Nathan Inkawhich, Wei Wen, Yiran Chen, Hai Li",
        "Conference on Computer Vision and Pattern Recognition",
        2019,
        "CVPR",
        ("Paper",),
        (
            "http://openaccess.thecvf.com/content_CVPR_2019/html/Inkawhich_Feature_Space_Perturbations_Yield_More_Transferable_Adversarial_Examples_CVPR_2019_paper.html",
        ),
    ),
    Paper(
        "PruneTrain: fast neural network training by dynamic sparse model reconfiguration",
        "Sangkug Lym, Esha Choukse, Siavash Zangeneh, Wei Wen, Sujay Sanghavi, Mattan Erez",
        "International Conference for High Performance Computing, Networking, Storage and Analysis",
        2019,
        "SC",
        ("Best Student Paper Finalist", "3.5%"),
    ),
    Paper(
        "Mini-batch Serialization: CNN Training with Inter-layer Data Reuse",
        "Sangkug Lym, Armand Behroozi, Wei Wen, Ge Li, Yongkee Kwon, Mattan Erez",
        "Conference on Machine Learning and Systems",
        2019,
        "MLSys",
    ),
    Paper(
        "Learning Efficient Sparse Structures in Speech Recognition",
        "Jingchi Zhang, Wei Wen, Michael Deisher, Hsin-Pai Cheng, Hai Li, Yiran Chen",
        "International Conference on Acoustics, Speech, and Signal Processing",
        2019,
        "ICASSP",
        ("Paper",),
        ("https://ieeexplore.ieee.org/stamp/stamp.jsp?arnumber=8683620",),
    ),
    Paper(
        "Exploration of Automatic Mixed-Precision Search for Deep Neural Networks",
        "Xuyang Guo, Yuanjun Huang, Hsin-pai Cheng, Bing Li, Wei Wen, Siyuan Ma, Hai Li, Yiran Chen",
        "IEEE International Conference on Artificial Intelligence Circuits and Systems",
        2019,
        "AICAS",
        ("Best Paper Nomination",),
    ),
    Paper(
        "SmoothOut: Smoothing Out Sharp Minima to Improve Generalization in Deep Learning",
        "Wei Wen, Yandan Wang, Feng Yan, Cong Xu, Yiran Chen, Hai Li",
        "preprint",
        2018,
        "",
        ("Code",),
        ("https://arxiv.org/abs/1805.07898", "https://github.com/wenwei202/smoothout"),
    ),
    Paper(
        "Learning Intrinsic Sparse Structures within Long Short-Term Memory",
        "Wei Wen, Yuxiong He, Samyam Rajbhandari, Minjia Zhang, Wenhan Wang, Fang Liu, Bin Hu, Yiran Chen, Hai Li",
        "6th International Conference on Learning Representations",
        2018,
        "ICLR",
        ("Poster", "Paper", "Code"),
        (
            "https://github.com/wenwei202/iss-rnns/blob/master/Poster_Wen_ICLR2018.pdf",
            "https://www.microsoft.com/en-us/research/publication/learning-intrinsic-sparse-structures-within-long-short-term-memory/",
            "https://github.com/wenwei202/iss-rnns",
        ),
    ),
    Paper(
        "Differentiable Fine-grained Quantization for Deep Neural Network Compression",
        "Hsin-Pai Cheng, Yuanjun Huang, Xuyang Guo, Feng Yan, Yifei Huang, Wei Wen, Hai Li, Yiran Chen",
        "NeurIPS 2018 CDNNRIA Workshop",
        2018,
        "CDNNRIA",
        ("Paper",),
        ("https://openreview.net/pdf?id=ryMdSQZtsX",),
    ),
    Paper(
        "TernGrad: Ternary Gradients to Reduce Communication in Distributed Deep Learning",
        "Wei Wen, Cong Xu, Feng Yan, Chunpeng Wu, Yandan Wang, Yiran Chen, Hai Li",
        "31st Annual Conference on Neural Information Processing Systems",
        2017,
        "NeurIPS",
        (
            "Oral · 40 of 3240 = 1.2%",
            "Available in PyTorch/Caffe2",
            "Paper",
            "Video",
            "Slides",
            "Code",
            "Poster",
        ),
        (
            "https://github.com/pytorch/pytorch/blob/0e30fa6f3ccba6c54f4e78583e922d1c5022149d/caffe2/operators/fused_rowwise_random_quantization_ops.cc#L154",
            "https://papers.nips.cc/paper/2017/file/89fcd07f20b6785b92134bd6c1d0fa42-Paper.pdf",
            "https://youtu.be/WWWQXTb_69c?t=20s",
            "https://github.com/wenwei202/terngrad/blob/master/NIPS17-TernGrad-slides-v3.pdf",
            "https://github.com/wenwei202/terngrad",
            "https://github.com/wenwei202/terngrad/blob/master/Poster_Wen_NIPS2017.pdf",
        ),
    ),
    Paper(
        "Coordinating Filters for Faster Deep Neural Networks",
        "Wei Wen, Cong Xu, Chunpeng Wu, Yandan Wang, Yiran Chen, Hai Li",
        "Proceedings of the IEEE International Conference on Computer Vision",
        2017,
        "ICCV",
        ("Paper", "Code", "Poster"),
        (
            "http://openaccess.thecvf.com/content_ICCV_2017/papers/Wen_Coordinating_Filters_for_ICCV_2017_paper.pdf",
            "https://github.com/wenwei202/caffe/",
            "https://github.com/wenwei202/caffe/blob/master/docs/ICCV17-Poster.pdf",
        ),
    ),
    Paper(
        "Classification Accuracy Improvement for Neuromorphic Computing Systems with One-level Precision Synapses",
        "Yandan Wang, Wei Wen, Linghao Song, Hai Li",
        "Asia and South Pacific Design Automation Conference",
        2017,
        "ASP-DAC",
        ("Best Paper Award · 2 of 358 = 0.56%",),
        ("https://arxiv.org/abs/1701.01791",),
    ),
    Paper(
        "A Compact DNN: Approaching GoogLeNet-Level Accuracy of Classification and Domain Adaptation",
        "Chunpeng Wu, Wei Wen, Tariq Afzal, Yongmei Zhang, Yiran Chen, Hai Li",
        "Conference on Computer Vision and Pattern Recognition",
        2017,
        "CVPR",
        ("Paper",),
        ("http://openaccess.thecvf.com/content_cvpr_2017/papers/Wu_A_Compact_DNN_CVPR_2017_paper.pdf",),
    ),
    Paper(
        "Faster CNNs with Direct Sparse Convolutions and Guided Pruning",
        "Jongsoo Park, Sheng Li, Wei Wen, Ping Tak Peter Tang, Hai Li, Yiran Chen, Pradeep Dubey",
        "5th International Conference on Learning Representations",
        2017,
        "ICLR",
        ("Paper", "Code", "Media"),
        (
            "https://openreview.net/pdf?id=rJPcZ3txx",
            "https://github.com/IntelLabs/SkimCaffe",
            "https://software.intel.com/en-us/articles/scaling-to-meet-the-growing-needs-of-ai",
        ),
    ),
    Paper(
        "Group Scissor: Scaling Neuromorphic Computing Design to Big Neural Networks",
        "Yandan Wang, Wei Wen, Beiye Liu, Donald Chiarulli, Hai Li",
        "54th ACM/EDAC/IEEE Design Automation Conference",
        2017,
        "DAC",
        ("Accepted 24%",),
        ("https://arxiv.org/abs/1702.03443",),
    ),
    Paper(
        "Learning Structured Sparsity in Deep Neural Networks",
        "Wei Wen, Chunpeng Wu, Yandan Wang, Yiran Chen, Hai Li",
        "30th Annual Conference on Neural Information Processing Systems",
        2016,
        "NeurIPS",
        ("Accepted 568 of 2500 = 22.7%", "Integrated into Intel Nervana", "Paper", "Code", "Poster"),
        (
            "https://nervanasystems.github.io/distiller/model_zoo.html#learning-structured-sparsity-in-deep-neural-networks",
            "http://papers.nips.cc/paper/6504-learning-structured-sparsity-in-deep-neural-networks.pdf",
            "https://github.com/wenwei202/caffe/tree/scnn",
            "https://github.com/wenwei202/caffe/blob/scnn/docs/Poster_Wen_NIPS2016.pdf",
        ),
    ),
    Paper(
        "A New Learning Method for Inference Accuracy, Core Occupation, and Performance Co-optimization on TrueNorth Chip",
        "Wei Wen, Chunpeng Wu, Yandan Wang, Kent Nixon, Qing Wu, Mark Barnell, Hai Li, Yiran Chen",
        "53rd ACM/EDAC/IEEE Design Automation Conference",
        2016,
        "DAC",
        ("Accepted 152 of 876 = 17.4%", "Best Paper Nomination · 16 of 876 = 1.83%"),
        (
            "https://dac.com/content/53rd-dac-best-paperpresentation-nominations",
            "http://arxiv.org/abs/1604.00697",
        ),
    ),
    Paper(
        "Holistic SparseCNN: Forging the Trident of Accuracy, Speed, and Size",
        "Jongsoo Park, Sheng R. Li, Wei Wen, Hai Li, Yiran Chen, Pradeep Dubey",
        "arXiv",
        2016,
        "",
        ("1608.01409", "Intel Developer Forum 2016, pages 41–43", "Code"),
        (
            "https://software.intel.com/en-us/articles/scaling-to-meet-the-growing-needs-of-ai",
            "http://arxiv.org/abs/1608.01409",
            "https://github.com/IntelLabs/SkimCaffe",
        ),
    ),
    Paper(
        "An EDA Framework for Large Scale Hybrid Neuromorphic Computing Systems",
        "Wei Wen, Chi-Ruo Wu, Xiaofang Hu, Beiye Liu, Tsung-Yi Ho, Xin Li, Yiran Chen",
        "52nd ACM/EDAC/IEEE Design Automation Conference",
        2015,
        "DAC",
        ("Accepted 162 of 789 = 20.5%", "Best Paper Nomination · 7 of 789 = 0.89%"),
        (
            "https://dac.com/content/52nd-dac-best-paper-presentation-nominations",
            "http://www.pittnuts.com/wp-content/uploads/2018/10/DAC_2015_PID3646001.pdf",
        ),
    ),
)
"""All publications, newest first, in the order of the page."""

SELECTED = (
    "NASRec: Weight Sharing Neural Architecture Search for Recommender Systems",
    "Neural Predictor for Neural Architecture Search",
    "TernGrad: Ternary Gradients to Reduce Communication in Distributed Deep Learning",
    "Classification Accuracy Improvement for Neuromorphic Computing Systems with One-level Precision Synapses",
    "Learning Structured Sparsity in Deep Neural Networks",
)
"""Titles of the papers on the landing page."""

INDEX_WORDS = (
    "Wei Wen",
    "温伟",
    "Research Scientist",
    "Meta AI",
    "Facebook",
    "academia",
    "Ph.D.",
    "Duke University",
    "2019",
    "deep learning",
    "computer vision",
    "recommender systems",
    "natural language processing",
    "automated machine learning (AutoML)",
    "efficient deep neural networks",
    "distributed deep learning",
    "Google Brain",
    "Facebook AI",
    "Microsoft Research",
    "HP Labs",
)

INDEX_LINKS = {
    "https://en.wiktionary.org/wiki/%E6%B8%A9": "温, wēn",
    "https://en.wiktionary.org/wiki/%E4%BC%9F": "伟, wěi",
    "https://ai.google/research/teams/brain": "Google Brain",
    "https://ai.facebook.com/": "Facebook AI",
    "https://www.microsoft.com/en-us/research/": "Microsoft Research",
    "https://www8.hp.com/us/en/hp-labs/index.html": "HP Labs",
    "https://github.com/wenwei202/": "GitHub",
    "https://scholar.google.com/citations?user=JYD36ocAAAAJ&hl=en": "Google Scholar",
    "https://www.linkedin.com/in/weiwenml/": "LinkedIn",
}
"""Where the landing page leads, and the words that lead there."""

JOBS = (
    Entry(
        "May – Aug 2019",
        (
            "Google Brain",
            "Research Intern",
            "Mountain View",
            "AutoML",
            "neural architecture search",
            "graph neural networks",
            "Pieter-Jan Kindermans",
            "Gabriel Bender",
            "Hanxiao Liu",
            "Quoc V. Le",
        ),
        (
            "https://scholar.google.be/citations?user=FpI8dFwAAAAJ&hl=en",
            "https://scholar.google.com/citations?user=6D-XbmAAAAAJ&hl=en",
            "https://quark0.github.io/",
            "https://scholar.google.com/citations?user=vfT6-XIAAAAJ&hl=en",
            "https://arxiv.org/abs/1912.00848",
        ),
        ("Neural Predictor for Neural Architecture Search",),
    ),
    Entry(
        "May – Aug 2018",
        (
            "Facebook AI",
            "Research Intern",
            "AI Infra & Applied Machine Learning",
            "Menlo Park",
            "Mentor: Yangqing Jia",
            "Caffe2",
            "Personalization",
            "Distributed Machine Learning",
            "TernGrad",
            "NeurIPS oral",
            "Facebook AI Infra",
            "distributed training",
            "ads ranking models",
        ),
        ("http://daggerfs.com/",),
        ("TernGrad: Ternary Gradients to Reduce Communication in Distributed Deep Learning",),
    ),
    Entry(
        "May – Jul 2017",
        (
            "Microsoft Research",
            "Research Intern",
            "Web Search and Business AI",
            "Redmond & Bellevue",
            "Mentor: Yuxiong He",
            "Machine Reading Comprehension",
            "Recurrent Neural Nets",
        ),
        ("https://www.microsoft.com/en-us/research/people/yuxhe/",),
        ("Learning Intrinsic Sparse Structures within Long Short-Term Memory",),
    ),
    Entry(
        "May 31 – Aug 31, 2016",
        (
            "HP Labs",
            "Research Intern",
            "Platform Architecture Group",
            "Palo Alto",
            "Mentor: Cong Xu",
            "Manager: Paolo Faraboschi",
            "distributed deep learning",
        ),
        ("https://sites.google.com/site/paolofaraboschi/",),
    ),
    Entry(
        "Jul 2013 – Jul 2014",
        ("Agricultural Bank of China", "Software Engineer", "Software Development Center", "Beijing"),
    ),
    Entry(
        "Apr – Jun 2013",
        ("Microsoft Research Asia", "Research Intern", "Mobile Computer Vision", "Beijing"),
    ),
    Entry(
        "Jul – Sep 2012",
        ("Tencent Inc.", "Software Engineer Intern", "Advertising Platform and Products Division", "Beijing"),
    ),
)

EXPERIENCE_LINKS = {"https://www.linkedin.com/in/weiwenml/": "LinkedIn"}

TALKS = (
    Entry(
        "Oct 28, 2019",
        ("Rice University", "Guest Lecture", "ELEC 515 Embedded Machine Learning"),
        ("http://yl150.web.rice.edu/course2019fall_schedule.html",),
    ),
    Entry(
        "Oct 10, 2018",
        (
            "UC Berkeley",
            "Scientific Computing and Matrix Computations Seminar",
            "On Matrix Sparsification and Quantization for Efficient and Scalable Deep Learning",
        ),
        ("http://events.berkeley.edu/index.php/calendar/sn/eecs.html?event_ID=120736",),
    ),
    Entry(
        "Oct 5, 2018",
        ("Cornell University", "AI Seminar", "Efficient and Scalable Deep Learning"),
        ("https://www.cs.cornell.edu/content/ai-seminar-efficient-and-scalable-deep-learning",),
    ),
    Entry(
        "Jun 28, 2018",
        ("Alibaba DAMO Academy", "Deep Learning in Cloud-Edge AI Systems", "Sunnyvale, CA"),
        ("http://www.pittnuts.com/wp-content/uploads/2018/08/Wei-Wen-slides.pdf",),
    ),
    Entry(
        "Dec 6, 2017",
        (
            "NIPS 2017",
            "oral presentation",
            "TernGrad: Ternary Gradients to Reduce Communication in Distributed Deep Learning",
        ),
        ("https://www.youtube.com/watch?v=WWWQXTb_69c&feature=youtu.be&t=20s",),
        ("TernGrad: Ternary Gradients to Reduce Communication in Distributed Deep Learning",),
    ),
    Entry(
        "Oct 27, 2016",
        (
            "Scalable Event-driven Neuromorphic Learning Machines 3",
            "Intel Strategic Research Alliances (ISRA)",
            "UC Berkeley",
            "UC Irvine",
            "Univ of Pitt",
            "UCSD",
        ),
    ),
    Entry(
        "Aug 23, 2016",
        (
            "A Predictive Performance Model of Distributed Deep Learning on Heterogeneous Systems",
            "Final Intern Talk",
            "HP Labs",
        ),
    ),
    Entry(
        "Aug 2, 2016",
        (
            "Variation-Aware Predictive Performance Model for Distributed Deep Learning",
            "Summer Intern Fair",
            "Poster",
            "HP Labs",
        ),
    ),
    Entry("Jul 18, 2016", ("An Overview of Deep Learning Accelerator", "Seminar", "HP Labs")),
    Entry(
        "",
        ("Deep Learning in the Cloud and in the Fog", "Blog@AI科技评论"),
        ("https://mp.weixin.qq.com/s?__biz=MzI5NTIxNTg0OA==&mid=2247490612&idx=3&sn=fc7647a87b7717018a44711647bdfcab",),
    ),
    Entry(
        "",
        ("Deep Learning in Cloud-Edge AI Systems", "Video in Mandarin @将门创投"),
        ("https://pan.baidu.com/s/1o94ShJW",),
    ),
    Entry(
        "",
        (
            "Lifting Efficiency in Deep Learning – For both Training and Inference",
            "Video in Mandarin @机器之心",
        ),
        ("https://mp.weixin.qq.com/s?__biz=MzA3MzI4MjgzMw==&mid=2650734172&idx=3&sn=82bd7991021c8f748daebd37fb7f2caf",),
    ),
)

ACTIVITIES_AND_TEACHING = (
    Entry("2022", ("Technical Program Committee", "TPC", "DAC 2022")),
    Entry(
        "",
        (
            "Reviewer",
            "NeurIPS, ICML, ICLR, CVPR, ICCV, ECCV, TPAMI, IJCV, TNNLS, TCAD, Neurocomputing, TCBB, ICME, TCSVT",
        ),
    ),
    Entry(
        "Feb 2018",
        (
            "Activity volunteer",
            "Machine Learning for Girls",
            "FEMMES",
            "Female Excelling More in Math, Engineering, and Science",
            "Capstone",
            "Duke University",
        ),
    ),
    Entry("Oct 2 – 7, 2016", ("Conference volunteer", "ESWEEK 2016", "Pittsburgh, PA, USA")),
    Entry(
        "Spring 2019",
        (
            "TA",
            "STA561/COMPSCI571/ECE682: Probabilistic Machine Learning",
            "Duke University",
            "Spring 2019",
        ),
        ("http://www2.stat.duke.edu/~sayan/561/2019/",),
    ),
    Entry(
        "Fall 2018",
        ("TA", "CEE 690/ECE 590: Introduction to Deep Learning", "Duke University", "Fall 2018"),
    ),
)

EDUCATION = (
    Entry(
        "Aug 2014 – Dec 2019",
        (
            "Ph.D. in Electrical and Computer Engineering",
            "Duke University",
            "Advisors: Dr. Hai (Helen) Li and Dr. Yiran Chen",
            "Three years",
            "University of Pittsburgh",
        ),
    ),
    Entry(
        "Sep 2010 – Jan 2013",
        ("M.S. in Electronic and Information Engineering", "Beihang University", "Beijing, China"),
    ),
    Entry(
        "Sep 2006 – Jul 2010",
        ("B.S. in Electronic and Information Engineering", "Beihang University", "Beijing, China"),
    ),
)

MEDIA = (
    Entry(
        "",
        (
            "Duke Electrical and Computer Engineering",
            "Ph.D. program",
            "cover page",
            "Q&A: Wei Wen. Making deep learning models faster & more efficient",
            "accessed on February 14, 2020",
        ),
        ("https://ece.duke.edu/phd/students/wen",),
    ),
    Entry(
        "",
        (
            "People of ACM – Yiran Chen",
            "One of your most cited recent papers is",
            "which addresses the importance of enhancing the efficiency of deep neural networks",
            "accessed on September 24, 2022",
        ),
        (
            "https://www.acm.org/articles/people-of-acm/2022/yiran-chen",
            "https://proceedings.neurips.cc/paper/2016/file/41bfd20a38bb1b0bec75acf0845530a7-Paper.pdf",
        ),
        ("Learning Structured Sparsity in Deep Neural Networks",),
    ),
)

PAGES = {
    "experience": JOBS,
    "talks": TALKS,
    "service": ACTIVITIES_AND_TEACHING,
    "education": EDUCATION,
    "media": MEDIA,
}
"""Each page of dated entries by name, its entries in order."""
